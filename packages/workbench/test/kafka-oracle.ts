/**
 * For tests: how many anomalies of each kind a history of logs has, by their definitions, looking at all operations again
 * for every question. It has nothing in common with the checker; it is slow, and fit for small histories only.
 */
import type { Operation } from "../src/history/operation.ts";

/** Offset and message; messages are whole numbers here. */
type Pair = readonly [offset: number, message: number];

interface Parsed {
  readonly send?: { readonly key: string; readonly message: number; readonly offset: number | undefined };
  readonly poll?: ReadonlyMap<string, readonly Pair[]>;
}

/** A completion that has to do with a certain key, and how it began. */
interface Deed {
  readonly op: Operation;
  readonly begun: Operation;
  readonly sent?: Parsed["send"];
  readonly reads: readonly Pair[];
}

const sendForm = /^\[\["send","(\w+)",(?:\[(\d+),(\d+)\]|(\d+))\]\]$/;

const parsed = new WeakMap<Operation, Parsed>();

function parse(operation: Operation): Parsed {
  const known = parsed.get(operation) ?? parseValue(operation);
  parsed.set(operation, known);
  return known;
}

function parseValue({ value }: Operation): Parsed {
  const text = JSON.stringify(value);
  const send = sendForm.exec(text);
  if (send !== null) {
    const [, key = "", offset, stored, asked] = send;
    const known = offset === undefined ? undefined : Number(offset);
    return { send: { key, message: Number(stored ?? asked), offset: known } };
  }
  if (!text.startsWith('[["poll"')) return {};
  const logs = [...text.matchAll(/"(\w+)":\[((?:\[\d+,\d+\],?)*)\]/g)].map(([, key = "", list = ""]) => {
    const pairs = [...list.matchAll(/(\d+),(\d+)/g)];
    return [key, pairs.map(([, o, m]) => [Number(o), Number(m)] as const)] as const;
  });
  return { poll: new Map(logs) };
}

function beginning(history: readonly Operation[], end: Operation): Operation | undefined {
  const before = history.filter(({ process, index }) => process === end.process && index < end.index);
  return before.at(-1)?.type === "invoke" ? before.at(-1) : undefined;
}

function deedsWith(history: readonly Operation[], key: string): Deed[] {
  return history.flatMap((op) => {
    const begun = beginning(history, op);
    if (op.type === "invoke" || begun === undefined) return [];
    const { send, poll } = parse(op);
    if (send?.key === key) return [{ op, begun, sent: send, reads: [] }];
    const reads = poll?.get(key) ?? [];
    return reads.length > 0 ? [{ op, begun, reads }] : [];
  });
}

/** How many anomalies there are of each kind, kinds with none left out. */
export function countAnomalies(
  history: readonly Operation[],
  keys: readonly string[],
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) {
    for (const [kind, count] of Object.entries(countInLog(history, key)))
      if (count > 0) counts.set(kind, (counts.get(kind) ?? 0) + count);
  }
  return Object.fromEntries(counts);
}

function countInLog(history: readonly Operation[], key: string): Record<string, number> {
  const deeds = deedsWith(history, key);
  const ok = deeds.filter(({ op }) => op.type === "ok");
  const seen = new Set(ok.flatMap(({ reads }) => reads.map(([, message]) => message)));
  const writer = (message: number) => deeds.findLast(({ sent }) => sent?.message === message);
  const attempt = (message: number) =>
    writer(message)?.begun ??
    history.find((op) => {
      const { send } = parse(op);
      return send?.key === key && send.message === message;
    });
  const happened = ({ op, sent }: Deed) =>
    op.type === "ok" || (op.type === "info" && sent !== undefined && seen.has(sent.message));

  const polled = deeds.flatMap(({ reads }) => reads);
  const stored = deeds.flatMap((deed): Pair[] => {
    const { offset, message } = deed.sent ?? {};
    return offset === undefined || message === undefined || !happened(deed) ? [] : [[offset, message]];
  });
  const sightings = [...polled, ...stored];
  const offsets = [...new Set(sightings.map(([offset]) => offset))].sort((a, b) => a - b);
  const log = offsets.map((offset) => [
    ...new Set(sightings.filter(([o]) => o === offset).map(([, message]) => message)),
  ]);
  const places = (message: number) =>
    log.flatMap((contents, index) => (contents.includes(message) ? [index] : []));
  const messages = [...new Set(log.flat())];
  const delta = (from: number | undefined, to: number | undefined) => {
    const [start, end] = [from, to].map((m) => log.findLastIndex(([first]) => first === m));
    return start === undefined || end === undefined || start < 0 || end < 0 ? 1 : end - start;
  };
  const lost = messages.filter((message) => {
    const end = places(message).at(-1) ?? Number.POSITIVE_INFINITY;
    const passed = [...seen].some((other) => (places(other)[0] ?? -1) >= end);
    const by = writer(message);
    return passed && !seen.has(message) && by !== undefined && happened(by);
  });

  const early = ok.flatMap(({ op, reads }) =>
    reads.flatMap(([, message]) => {
      if (deeds.some((deed) => deed.op.type === "fail" && deed.sent?.message === message)) return ["G1a"];
      const start = attempt(message);
      if (start === undefined || start.index < op.index) return [];
      return [start.process === op.process ? "G1c-process" : "G1c-realtime"];
    }),
  );
  const inside = deeds.flatMap(({ reads }) =>
    reads.slice(1).map(([, message], i) => delta(reads[i]?.[1], message)),
  );
  const between = deeds.flatMap(({ op, reads }) => {
    const last = ok.findLast(
      (each) => each.reads.length > 0 && each.op.process === op.process && each.op.index < op.index,
    );
    const goesOn = last !== undefined && reads.length > 0 && keeps(history, key, last.op, op);
    return goesOn ? [delta(last.reads.at(-1)?.[1], reads[0]?.[1])] : [];
  });
  const effective = deeds.filter(({ op, sent }) => sent !== undefined && op.type !== "fail");
  const sends = effective.flatMap(({ op, sent }) => {
    const last = effective.findLast((each) => each.op.process === op.process && each.op.index < op.index);
    return last === undefined ? [] : [delta(last.sent?.message, sent?.message)];
  });

  const count = <T>(things: readonly T[], is: (thing: T) => boolean) => things.filter(is).length;
  return {
    "inconsistent-offsets": count(log, ({ length }) => length > 1),
    duplicate: count(messages, (message) => places(message).length > 1),
    phantom: new Set(polled.map(([, message]) => message).filter((message) => !attempt(message))).size,
    G1a: count(early, (kind) => kind === "G1a"),
    "G1c-process": count(early, (kind) => kind === "G1c-process"),
    "G1c-realtime": count(early, (kind) => kind === "G1c-realtime"),
    "lost-write": lost.length,
    "nonmonotonic-send": count(sends, (step) => step < 1),
    "int-nonmonotonic-poll": count(inside, (step) => step < 1),
    "nonmonotonic-poll": count(between, (step) => step < 1),
    "int-poll-skip": count(inside, (step) => step > 1),
    "poll-skip": count(between, (step) => step > 1),
    unseen: new Set(ok.flatMap(({ sent }) => (sent && !seen.has(sent.message) ? [sent.message] : []))).size,
  };
}

/** Whether a process polled a key all the time from one operation to another. */
function keeps(history: readonly Operation[], key: string, from: Operation, to: Operation): boolean {
  return history
    .filter(({ index, process }) => index > from.index && index < to.index && process === from.process)
    .filter(({ f, type }) => f === "assign" && (type === "ok" || type === "info"))
    .every(({ value, final }) => !final && Array.isArray(value) && value.includes(key));
}

/** The longest realtime lag of all polls, s. */
export function worstLag(history: readonly Operation[], keys: readonly string[]): number {
  const lags = keys.flatMap((key) => {
    const deeds = deedsWith(history, key).filter(({ op }) => op.type !== "fail");
    const offsetsOf = ({ sent, reads }: Deed) => [
      ...(sent ? [sent.offset ?? -1] : []),
      ...reads.map(([o]) => o),
    ];
    return history.flatMap((op) => {
      const begun = beginning(history, op);
      if (op.type !== "ok" || op.f !== "poll" || begun === undefined) return [];
      const own = history.filter(({ process, index }) => process === op.process && index <= op.index);
      const position = own.reduce<number | undefined>((at, each) => {
        const { f, type, value } = each;
        if (type !== "ok") return at;
        if (f === "assign") return Array.isArray(value) && value.includes(key) ? (at ?? -1) : undefined;
        const pairs = f === "poll" ? parse(each).poll?.get(key) : undefined;
        return pairs ? Math.max(at ?? -1, ...pairs.map(([offset]) => offset)) : at;
      }, undefined);
      if (position === undefined) return [];
      const passed = deeds.find((deed) => offsetsOf(deed).some((offset) => offset > position));
      return passed === undefined ? [] : [Math.max(0, begun.time - passed.op.time) / 1e9];
    });
  });
  return Math.max(0, ...lags);
}
