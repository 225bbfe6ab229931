/** For tests: random small histories of logs: of good ones, of ones that do something wrong, and of pure chance. */
import fc from "fast-check";
import type { Operation, OperationType } from "../src/history/operation.ts";

export const keys = ["a", "b"] as const;

/** What logs can do wrong. */
export const flaws = [
  "loses",
  "reuses",
  "repeats",
  "keeps what it refuses",
  "skips",
  "goes back",
  "swaps",
  "invents",
  "foresees",
] as const;

export type Flaw = (typeof flaws)[number];

/** What a worker does next: it begins an operation when it does nothing, and else ends the one that it is at. */
interface Step {
  readonly worker: number;
  /** ns since the step before */
  readonly pause: number;
  readonly f: "send" | "poll" | "assign" | "crash";
  readonly key: (typeof keys)[number];
  readonly type: Exclude<OperationType, "invoke">;
  readonly flaw: Flaw | undefined;
  readonly luck: number;
}

const workers = 3;
const sends = ["send", "send"] as const;
const polls = ["poll", "poll"] as const;

function steps(flaw: fc.Arbitrary<Flaw | undefined>, maxLength = 40): fc.Arbitrary<Step[]> {
  const step = fc.record({
    worker: fc.nat({ max: workers - 1 }),
    pause: fc.nat({ max: 3_000_000 }),
    f: fc.constantFrom(...sends, ...sends, ...polls, ...polls, "assign", "assign", "crash"),
    key: fc.constantFrom(...keys),
    type: fc.constantFrom("ok", "ok", "ok", "ok", "fail", "info"),
    flaw,
    luck: fc.nat({ max: 5 }),
  });
  return fc.array(step, { maxLength, size: "max" });
}

/** Histories of good logs, with a poll of everything at the end. */
export const flawless = steps(fc.constant(undefined)).map((list) => new Cluster().run(list, true));

/** Histories of logs that do something wrong now and then, or always the same thing. */
export const flawed = fc
  .oneof(...flaws.map((flaw) => fc.constant(fc.constant(flaw))), fc.constant(fc.constantFrom(...flaws)))
  .chain((flaw) => fc.tuple(steps(fc.option(flaw, { freq: 2, nil: undefined })), fc.boolean()))
  .map(([list, final]) => new Cluster().run(list, final));

/** Logs in memory, and the history of those who use them. */
class Cluster {
  /** What each offset holds. */
  readonly #logs = new Map<string, Map<number, number>>(keys.map((key) => [key, new Map()]));
  readonly #sent = new Map<string, number>();
  /** Clients begin with all keys; those that take their places begin with none. */
  readonly #positions = new Map(
    Array.from({ length: workers }, (_, worker) => [
      worker,
      new Map<string, number>(keys.map((key) => [key, 0])),
    ]),
  );
  readonly #history: Operation[] = [];
  #time = 0;

  run(list: readonly Step[], final: boolean): Operation[] {
    const processes = Array.from({ length: workers }, (_, worker) => worker);
    const open = new Map<number, { readonly f: Step["f"]; readonly value: unknown; readonly key: string }>();
    for (const step of list) {
      this.#time += step.pause;
      const process = processes[step.worker] ?? 0;
      const begun = open.get(step.worker);
      if (begun === undefined) {
        const begins = { f: step.f, key: step.key, value: this.#question(step) };
        open.set(step.worker, begins);
        this.#write(process, "invoke", begins);
        continue;
      }
      open.delete(step.worker);
      const type = begun.f === "crash" ? "info" : step.type;
      this.#write(process, type, { f: begun.f, value: this.#end(process, type, begun, step) });
      if (type === "info") processes[step.worker] = process + workers;
    }
    if (final) this.#pollEverything();
    return this.#history;
  }

  #write(process: number, type: OperationType, { f, value }: Pick<Operation, "f" | "value">): void {
    const node = `n${process % workers}`;
    this.#history.push({ index: this.#history.length, time: this.#time, type, process, f, value, node });
  }

  #question({ f, key, luck }: Step): unknown {
    if (f === "assign") return luck > 3 ? keys : [key];
    if (f === "crash") return null;
    if (f === "poll") return [["poll"]];
    const message = (this.#sent.get(key) ?? 0) + 1;
    this.#sent.set(key, message);
    return [["send", key, message]];
  }

  /** The value of a completion. */
  #end(
    process: number,
    type: OperationType,
    { f, value, key }: { readonly f: string; readonly value: unknown; readonly key: string },
    { flaw, luck }: Step,
  ): unknown {
    if (f === "assign" && type === "ok" && Array.isArray(value)) {
      const before = this.#positions.get(process);
      this.#positions.set(process, new Map(value.map((each) => [each, before?.get(each) ?? 0])));
    }
    if (f === "send") {
      const message = Number(JSON.stringify(value).match(/(\d+)\]\]$/)?.[1]);
      const kept = type === "ok" || (type === "info" ? luck > 2 : flaw === "keeps what it refuses");
      const offset = kept ? this.#append(key, message, flaw, luck) : 0;
      return type === "ok" ? [["send", key, [offset, message]]] : value;
    }
    return f === "poll" && type === "ok" ? [["poll", this.#poll(process, flaw, luck)]] : value;
  }

  #append(key: string, message: number, flaw: Flaw | undefined, luck: number): number {
    const log = this.#logs.get(key) ?? new Map();
    const last = Math.max(-1, ...log.keys());
    // Offsets may leave some out.
    const offset = flaw === "reuses" && last >= 0 ? last : last + (luck === 5 ? 3 : 1);
    if (flaw !== "loses") log.set(offset, message);
    if (flaw === "loses") log.set(offset, Number.NaN);
    if (flaw === "repeats") log.set(offset + 1, message);
    return offset;
  }

  #poll(process: number, flaw: Flaw | undefined, luck: number): Record<string, number[][]> {
    const msgs: Record<string, number[][]> = {};
    for (const [key, position] of this.#positions.get(process) ?? []) {
      const from = flaw === "goes back" ? position - 1 : position;
      const pairs = [...(this.#logs.get(key) ?? [])]
        .filter(([offset, message]) => offset >= from && !Number.isNaN(message))
        .sort(([a], [b]) => a - b)
        .slice(0, luck + 1)
        .map(([offset, message]) => [offset, message]);
      const [first = [], second = [], ...rest] = pairs;
      if (flaw === "skips" && pairs.length > 1) pairs.splice(1, 1);
      if (flaw === "swaps" && pairs.length > 1) pairs.splice(0, pairs.length, second, first, ...rest);
      if (flaw === "invents") pairs.push([position + 9, 900]);
      if (flaw === "foresees") pairs.push([position + 9, (this.#sent.get(key) ?? 0) + 1]);
      if (pairs.length === 0) continue;
      msgs[key] = pairs;
      const next = Math.max(...pairs.map(([offset = 0]) => offset)) + 1;
      this.#positions.get(process)?.set(key, Math.max(position, next));
    }
    return msgs;
  }

  #pollEverything(): void {
    const process = 1000;
    this.#positions.set(process, new Map(keys.map((key) => [key, 0])));
    this.#write(process, "invoke", { f: "poll", value: [["poll"]] });
    const msgs = this.#poll(process, undefined, Number.POSITIVE_INFINITY);
    this.#write(process, "ok", { f: "poll", value: [["poll", msgs]] });
  }
}

/** Histories in which polls give anything, and sends get any offset. */
export const wild: fc.Arbitrary<Operation[]> = fc
  .array(
    fc.record({
      process: fc.nat({ max: 2 }),
      f: fc.constantFrom("send", "send", "poll", "poll", "assign"),
      key: fc.constantFrom(...keys),
      type: fc.constantFrom("ok", "ok", "ok", "fail", "info"),
      offset: fc.nat({ max: 3 }),
      pairs: fc.array(fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 5 })), { maxLength: 4 }),
      final: fc.boolean(),
    }),
    { maxLength: 24, size: "max" },
  )
  .map((list) => {
    const open = new Map<number, { readonly f: string; readonly value: unknown; readonly key: string }>();
    const sent = new Map<string, number>();
    return list.map(({ process, f, key, type, offset, pairs, final }, index): Operation => {
      const entry = { index, time: 1000 * index, process, node: `n${process}`, ...(final && { final }) };
      const begun = open.get(process);
      if (begun === undefined) {
        const message = (sent.get(key) ?? 0) + 1;
        if (f === "send") sent.set(key, message);
        const value = { send: [["send", key, message]], poll: [["poll"]], assign: [key] }[f];
        open.set(process, { f, value, key });
        return { ...entry, type: "invoke", f, value };
      }
      open.delete(process);
      const message = Number(JSON.stringify(begun.value).match(/(\d+)\]\]$/)?.[1]);
      const answers: Record<string, unknown> = {
        send: [["send", begun.key, [offset, message]]],
        poll: [["poll", { [key]: pairs }]],
      };
      const value = type === "ok" ? (answers[begun.f] ?? begun.value) : begun.value;
      return { ...entry, type, f: begun.f, value };
    });
  });
