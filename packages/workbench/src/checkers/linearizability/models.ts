/** The models that come with eddy, by the names that Knossos gives them. */
import { keyOf, type Model, type ModelOperation, plain, UnknownOperation } from "./model.ts";
import { multiRegister } from "./multi-register.ts";

/** A model that starts with a value: `null` when nothing is said about it. */
export type ModelMaker = (initial: unknown) => Model;

/** A cell with one value: `read`, whose value is what was read, and `write`. */
export function register(initial: unknown): Model {
  return registerModel("register", initial, false);
}

/** A register with `cas`, whose value is `[from, to]`: it fits only where the value is `from`, and makes it `to`. */
export function casRegister(initial: unknown): Model {
  return registerModel("cas-register", initial, true);
}

function registerModel(name: string, initial: unknown, hasCas: boolean): Model {
  return {
    name,
    initial,
    step(state, { f, value }) {
      if (f === "write") return [value];
      if (f === "read") return keyOf(value) === keyOf(state) ? [state] : [];
      const [from, to] = Array.isArray(value) ? value : [];
      return keyOf(from) === keyOf(state) ? [to] : [];
    },
    key: keyOf,
    operation(f, asked, answered) {
      if (f === "read") return isUnknown(answered) ? undefined : { f, value: answered };
      // What a write is answered with is often no more than that it was done.
      const value = isUnknown(asked) ? answered : asked;
      const known = hasCas && f === "cas" ? Array.isArray(value) && value.length === 2 : f === "write";
      if (!known) throw new UnknownOperation(name, f, value);
      return { f, value };
    },
    changesNothing: ({ f }) => f === "read",
    overwrites: ({ f }) => f === "write",
    needs: ({ f, value }) => keyOf(f === "cas" && Array.isArray(value) ? value[0] : value),
    describe: (state) => (isUnknown(state) ? "nothing" : String(JSON.stringify(plain(state)))),
  };
}

/** A read whose value nobody knows, or which found nothing, fits any state: Jepsen's histories do not tell the two apart. */
function isUnknown(value: unknown): boolean {
  return value === undefined || value === null;
}

/** A lock: `acquire` fits when it is free, `release` when it is held. `initial` true: somebody holds it at the start. */
export function mutex(initial: unknown): Model {
  const model: Model<boolean> = {
    name: "mutex",
    initial: initial === true,
    step: (held, { f }) => (held === (f === "release") ? [!held] : []),
    key: (held) => (held ? 1 : 0),
    operation(f, asked) {
      if (f !== "acquire" && f !== "release") throw new UnknownOperation("mutex", f, asked);
      // Who holds it makes no difference to the model, so that operations of all processes are alike.
      return { f, value: null };
    },
    describe: (held) => (held ? "held" : "free"),
  };
  return model;
}

export const models: ReadonlyMap<string, ModelMaker> = new Map([
  ["register", register],
  ["cas-register", casRegister],
  ["mutex", mutex],
  ["multi-register", multiRegister],
]);

/** An operation as people write it, such as `write 3`. */
export function describeOperation({ f, value }: ModelOperation): string {
  return isUnknown(value) ? f : `${f} ${JSON.stringify(plain(value))}`;
}
