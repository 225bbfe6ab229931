/** Several registers that are read and written together: the model for transactions of reads and writes. */
import { isObject } from "../../network/message.ts";
import { keyOf, type Model, type ModelOperation, plain, UnknownOperation } from "./model.ts";

type Registers = ReadonlyMap<string, unknown>;

interface MicroOperation {
  readonly writes: boolean;
  readonly register: string;
  readonly value: unknown;
}

/**
 * A map of registers. `txn` has a list of micro-operations `[f, register, value]`, with `f` one of `r`, `read`, `w` and
 * `write`; they happen at once, one after the other. `read` and `write` take one `[register, value]`, or an object of
 * registers and values. A read of null fits any value. `initial` is an object of registers and values.
 */
export function multiRegister(initial: unknown): Model {
  const model: Model<Registers> = {
    name: "multi-register",
    initial: new Map(isObject(initial) ? Object.entries(initial) : []),
    step(state, operation) {
      let registers = state;
      for (const { writes, register, value } of microOperations(operation)) {
        if (writes) registers = new Map(registers).set(register, value);
        else if (!isUnknown(value) && keyOf(registers.get(register) ?? null) !== keyOf(value)) return [];
      }
      return [registers];
    },
    key: (state) => keyOf(Object.fromEntries(state)),
    operation(f, asked, answered) {
      const operation = { f, value: isUnknown(answered) ? asked : answered };
      microOperations(operation);
      return operation;
    },
    changesNothing: (operation) => microOperations(operation).every(({ writes }) => !writes),
    describe: (state) => JSON.stringify(plain(state)),
  };
  return model;
}

function microOperations({ f, value }: ModelOperation): readonly MicroOperation[] {
  const unknown = (): UnknownOperation => new UnknownOperation("multi-register", f, value);
  const parts = f === "txn" ? value : entriesOf(value).map((entry) => [f, ...entry]);
  if (!Array.isArray(parts)) throw unknown();
  return parts.map((part: unknown) => {
    if (!Array.isArray(part) || part.length < 2) throw unknown();
    const [f, register, value]: unknown[] = part;
    if (f !== "r" && f !== "read" && f !== "w" && f !== "write") throw unknown();
    return {
      writes: f === "w" || f === "write",
      register: typeof register === "string" ? register : String(keyOf(register)),
      value,
    };
  });
}

function entriesOf(value: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(value)) return [value];
  return isObject(value) ? Object.entries(value) : [];
}

function isUnknown(value: unknown): boolean {
  return value === undefined || value === null;
}
