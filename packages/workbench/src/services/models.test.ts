/** The key-value services against models of them that copy whole states, and are slow and simple. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonFields } from "../network/json-fields.ts";
import { type Random, randomStream } from "../time/random.ts";
import { LinKv } from "./lin-kv.ts";
import { LwwKv } from "./lww-kv.ts";
import { SeqKv } from "./seq-kv.ts";
import type { Service } from "./service.ts";

interface Operation {
  readonly client: string;
  readonly type: string;
  readonly key: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly create_if_not_exists: boolean;
}

/** What is compared of a reply. */
interface Answer {
  readonly type: string;
  readonly value?: unknown;
  readonly code?: number;
}

type Model = (operation: Operation) => Answer;
type State<V> = ReadonlyMap<number, V>;

const client = fc.constantFrom("n0", "n1", "n2");
// Few keys and values, so that a cas often finds what it expects, and a write often changes nothing.
const [key, value, from, to] = [fc.nat(1), fc.nat(2), fc.nat(2), fc.nat(2)];
const type = fc.constantFrom("read", "write", "write", "cas");
const operation = fc.record({ client, type, key, value, from, to, create_if_not_exists: fc.boolean() });
const operations = fc.array(operation, { size: "max", maxLength: 300 });

function ask(service: Service, request: Operation): Answer {
  const fields = jsonFields(JSON.stringify(request));
  const reply = service.handle({ client: request.client, type: request.type, fields });
  if (reply.type === "error") return { type: reply.type, code: reply.code };
  const { value: json } = reply.fields;
  return json === undefined ? { type: reply.type } : { type: reply.type, value: JSON.parse(json) };
}

/** What an operation answers where its key has this value, and the value that it writes if it changes that. */
function step(op: Operation, current: number | undefined): [Answer, number | undefined] {
  const write = (answer: string, next: number): [Answer, number | undefined] => [
    { type: answer },
    next === current ? undefined : next,
  ];
  if (op.type === "write") return write("write_ok", op.value);
  if (op.type === "cas" && current === undefined && op.create_if_not_exists) return write("cas_ok", op.to);
  if (current === undefined) return [{ type: "error", code: 20 }, undefined];
  if (op.type === "read") return [{ type: "read_ok", value: current }, undefined];
  return op.from === current ? write("cas_ok", op.to) : [{ type: "error", code: 22 }, undefined];
}

function linModel(): Model {
  let state: State<number> = new Map();
  return (op) => {
    const [answer, written] = step(op, state.get(op.key));
    if (written !== undefined) state = new Map([...state, [op.key, written]]);
    return answer;
  };
}

function seqModel(random: Random): Model {
  const states: State<number>[] = [new Map()];
  const seen = new Map<string, number>();
  return (op) => {
    const last = states.length - 1;
    const first = Math.max(last - 31, seen.get(op.client) ?? 0);
    const index = first + random.integer(last - first + 1);
    const [answer, written] = step(op, states[index]?.get(op.key));
    seen.set(op.client, index);
    if (written === undefined) return answer;
    const [answerNow, writtenNow] = step(op, states[last]?.get(op.key));
    if (writtenNow !== undefined) states.push(new Map([...(states[last] ?? []), [op.key, writtenNow]]));
    seen.set(op.client, states.length - 1);
    return answerNow;
  };
}

function lwwModel(random: Random): Model {
  interface Replica {
    readonly clock: number;
    readonly state: State<{ readonly value: number; readonly timestamp: number }>;
  }
  const replicas: Replica[] = [0, 1].map(() => ({ clock: 0, state: new Map() }));
  const nobody: Replica = { clock: 0, state: new Map() };
  return (op) => {
    const [source, target, chosen] = [random.integer(2), random.integer(2), random.integer(2)];
    const [a, b] = [replicas[source] ?? nobody, replicas[target] ?? nobody];
    const merged = new Map(b.state);
    for (const [k, entry] of a.state) {
      if (entry.timestamp >= (b.state.get(k)?.timestamp ?? 0)) merged.set(k, entry);
    }
    replicas[target] = { clock: Math.max(a.clock, b.clock), state: merged };
    const { clock, state } = replicas[chosen] ?? nobody;
    const [answer, written] = step(op, state.get(op.key)?.value);
    if (written !== undefined) {
      const entry = { value: written, timestamp: clock };
      replicas[chosen] = { clock: clock + 1, state: new Map([...state, [op.key, entry]]) };
    }
    return answer;
  };
}

it.each([
  ["lin-kv", () => new LinKv(), linModel],
  ["seq-kv", (random: Random) => new SeqKv(random), seqModel],
  ["lww-kv", (random: Random) => new LwwKv(random), lwwModel],
] as const)("%s does what its model does", (name, makeService, makeModel) => {
  fc.assert(
    fc.property(fc.nat(), operations, (seed, all) => {
      const service = makeService(randomStream(seed, name));
      const model = makeModel(randomStream(seed, name));
      for (const op of all) expect(ask(service, op)).toEqual(model(op));
    }),
    { numRuns: 300 },
  );
});
