import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf, simulated } from "../../test/simulated-runs.ts";
import { isToldAs, type Mention, mentions, operationFinder } from "../pictures/mentions.ts";
import type { MessageColumns, OperationColumns, RunData } from "../pictures/run-data.ts";
import { readRun } from "./read-run.ts";
import { isIn } from "./slices.ts";

const id = "echo/x";
const faults = ["partition", "kill", "pause", "loss", "slow"];
const plain = (await simulated()).folder;
const doubled = (await simulated({ nemesis: { faults: [...faults, "duplicate"], interval: 2 } })).folder;

/** The rows of columns, as objects. */
function rowsOf(columns: OperationColumns | MessageColumns): Record<string, unknown>[] {
  const { total, spans, ...rest } = columns;
  const lists = Object.entries(rest).filter(([name]) => !["functions", "names", "types"].includes(name));
  const length = "id" in columns ? columns.id.length : columns.index.length;
  for (const [name, list] of lists) expect([name, list.length]).toEqual([name, length]);
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(lists.map(([name, list]) => [name, list[row]])),
  );
}

function mentionsIn({ checks }: RunData): Mention[] {
  return checks.flatMap(({ findings }) => findings.flatMap(mentions));
}

/** Those that may be meant: a process may end one operation and begin the next in the same millisecond. */
function rowsNamedIn(run: RunData): Set<number> {
  const { process, start, end } = run.operations;
  const named = mentionsIn(run);
  const rows = process.flatMap((number, row) => {
    const times = [start[row] ?? -1, end[row] ?? -1];
    const isMeant = named.some(
      (one) => one.process === number && times.some((time) => isToldAs(time, one.time)),
    );
    return isMeant ? [row] : [];
  });
  return new Set(rows);
}

describe.each([
  ["a run", plain],
  ["a run with messages that arrive twice", doubled],
])("%s", (_, folder) => {
  const whole = readRun(folder, id);

  it("has all that its files say", () => {
    const history = linesOf(folder, "history.jsonl");
    const clients = history.filter(({ process }) => process !== "nemesis");
    const begun = clients.filter(({ type }) => type === "invoke");
    const { operations, messages } = whole;
    expect([operations.total, operations.spans, messages.spans]).toEqual([
      begun.length,
      undefined,
      undefined,
    ]);
    const rows = rowsOf(operations);
    expect(rows).toHaveLength(begun.length);
    for (const [i, row] of rows.entries()) {
      const { index, time, process, value, node } = begun[i] ?? {};
      const ended = clients.find((entry) => entry.process === process && Number(entry.index) > Number(index));
      expect(row).toMatchObject({
        index,
        start: time,
        end: ended?.time ?? -1,
        process,
        node: whole.nodes.indexOf(String(node)),
        asked: JSON.stringify(value),
        messages: ended?.messages ?? [],
      });
      const type = ended === undefined ? "?" : String(ended.type)[0];
      expect(row.ending).toBe(type);
      if (type === "o") expect(row.answered).toBe(JSON.stringify(ended?.value));
      else expect([row.answered, row.error !== ""]).toEqual(["", type !== "?"]);
    }

    const journal = linesOf(folder, "messages.jsonl");
    const sends = journal.filter(({ event }) => event === "send");
    expect(messages.total).toBe(sends.length);
    const found = rowsOf(messages);
    expect(found.map(({ sentOrder }) => sentOrder)).toEqual(
      found.map(({ id }) => journal.findIndex((event) => event.event === "send" && event.id === id)),
    );
    const ends = new Map<unknown, Record<string, unknown>[]>(sends.map(({ id }) => [id, []]));
    for (const event of journal) if (event.event !== "send") ends.get(event.id)?.push(event);
    const expected = sends.flatMap(({ id, src, dest, body, time }) => {
      const { msg_id: msgId = -1, in_reply_to: inReplyTo = -1, type } = Object(body);
      const common = { id, src, dest, type, msgId, inReplyTo, body: JSON.stringify(body), sent: time };
      const arrivals = ends.get(id) ?? [];
      if (arrivals.length === 0) return [{ ...common, arrived: -1, fate: "u" }];
      return arrivals.map((end) => ({
        ...common,
        arrived: end.time,
        fate: end.event === "recv" ? "a" : String(end.why)[0],
      }));
    });
    const told = found.map(({ sentOrder, arrivedOrder, src, dest, type, ...row }) => ({
      ...row,
      src: messages.names[Number(src)],
      dest: messages.names[Number(dest)],
      type: messages.types[Number(type)],
    }));
    expect(told).toEqual(expected);
    for (const fate of ["a", "l", "p", "d"]) expect(messages.fate).toContain(fate);
    expect(messages.types).toEqual(["init", "init_ok", "echo", "gossip", "echo_ok"]);
    const twice = messages.id.length - new Set(messages.id).size;
    expect(twice > 0).toBe(folder === doubled);
  });

  it("in pieces has all of their time, and what findings name, and nothing else is otherwise", () => {
    const limit = fc.oneof(fc.integer({ min: 10, max: 300 }), fc.constant(1_000_000));
    const limits = fc.record({ operations: limit, messages: limit, slices: fc.integer({ min: 1, max: 60 }) });
    const namedRows = rowsNamedIn(whole);
    const namedIds = new Set(mentionsIn(whole).flatMap(({ messages }) => messages));
    expect(namedRows.size).toBeGreaterThan(5);
    fc.assert(
      fc.property(limits, (limits) => {
        const part = readRun(folder, id, limits);
        const { spans, total } = part.operations;
        expect(total).toBe(whole.operations.total);
        expect(spans === undefined).toBe(total <= limits.operations);
        expect(rowsOf(part.operations)).toEqual(
          rowsOf(whole.operations).filter(
            ({ start }, row) => spans === undefined || isIn(spans, Number(start)) || namedRows.has(row),
          ),
        );
        const pieces = part.messages.spans;
        expect(part.messages.total).toBe(whole.messages.total);
        expect(pieces === undefined).toBe(part.messages.total <= limits.messages);
        // Places are counted among what is there; their order is that of the journal.
        const inOrder = (columns: MessageColumns): unknown[] => {
          const rows = rowsOf(columns).map(({ type, src, dest, sentOrder, arrivedOrder, ...row }) => ({
            ...row,
            type: columns.types[Number(type)],
            src: columns.names[Number(src)],
            dest: columns.names[Number(dest)],
          }));
          return rows.filter(({ id, sent }: Record<string, unknown>) => {
            return pieces === undefined || isIn(pieces, Number(sent)) || namedIds.has(Number(id));
          });
        };
        expect(inOrder(part.messages)).toEqual(inOrder(whole.messages));
        expect(part.messages.id).toHaveLength(inOrder(part.messages).length);
        expect(part.bins).toEqual(whole.bins);
        // Beyond its limit there is only what is named, and what was said meanwhile.
        const inPieces = part.operations.start.filter((start) => isIn(spans ?? [], start)).length;
        if (spans !== undefined)
          expect(inPieces).toBeLessThanOrEqual(Math.max(limits.operations, limits.slices));
      }),
      { numRuns: 25 },
    );
  });

  it("in pieces has what was said while named operations went on", () => {
    const part = readRun(folder, id, { messages: Math.floor(whole.messages.total / 2) });
    const rows = mentionsIn(part).map(operationFinder(part.operations));
    const starts = rows.map((row) => part.operations.start[row ?? -1] ?? -1);
    const first = [...new Set(starts)].sort((a, b) => a - b).slice(0, 10);
    expect(first).toHaveLength(10);
    for (const start of first) expect(isIn(part.messages.spans ?? [], start)).toBe(true);
  });

  it("is in pieces, too, where its files are too large", () => {
    const part = readRun(folder, id, { bytes: 10_000 });
    for (const { spans, total, length } of [
      { ...part.operations, length: part.operations.start.length },
      { ...part.messages, length: part.messages.sent.length },
    ]) {
      expect(spans?.length).toBeGreaterThan(10);
      expect(length).toBeLessThan(total / 2);
    }
  });

  it("keeps the order of what happened", () => {
    const part = readRun(folder, id, { messages: 200 });
    for (const run of [whole, part]) {
      const { sent, arrived, sentOrder, arrivedOrder } = run.messages;
      const events = [
        ...sent.map((time, row) => ({ time, order: sentOrder[row] ?? 0 })),
        ...arrived.map((time, row) => ({ time, order: arrivedOrder[row] ?? 0 })),
      ].filter(({ time }) => time >= 0);
      events.sort((a, b) => a.order - b.order);
      for (const [i, { time }] of events.entries())
        expect(time).toBeGreaterThanOrEqual(events[i - 1]?.time ?? 0);
    }
  });
});

describe("what is read of a run", () => {
  const run = readRun(plain, id);

  it("tells what was tested, what came of it, and what went wrong on purpose", () => {
    expect(run).toMatchObject({
      format: 1,
      id,
      workload: "echo",
      meaning: "every echo came back as it was sent",
      start: "2000-01-01T00:00:00.000Z",
      state: "complete",
      valid: false,
      options: { seed: 7 },
      nodes: ["n0", "n1", "n2"],
    });
    expect(run.checks.map(({ name, valid }) => [name, valid])).toEqual([
      ["stats", true],
      ["availability", true],
      ["exceptions", true],
      ["net", true],
      ["nodes", true],
      ["workload", false],
    ]);
    expect(run.checks.at(-1)?.findings[0]).toMatch(
      /^n\d was asked to echo "Please echo \d+" \(process \d+, at/,
    );
    expect(new Set(run.faults.map(({ fault }) => fault))).toEqual(new Set(faults));
    for (const { from, to = run.end } of run.faults) expect(to).toBeGreaterThanOrEqual(from);
    expect(run.bins.series).toHaveLength(1);
    // As many bins as give each eight operations.
    expect(run.bins.series[0]?.ok).toHaveLength(Math.floor(run.operations.total / 8));
    expect(run.logs.map(({ node }) => node)).toEqual(["n0", "n1", "n2"]);
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
  });

  it("says the same of a history that was taken down while it was judged", async () => {
    const embedded = readFileSync(join(plain, "report.html"), "utf8");
    const [, data = ""] = /id="run" data-view="report">([^<]*)</.exec(embedded) ?? [];
    const { gunzipSync } = await import("node:zlib");
    const drawn: RunData = JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString());
    expect({ ...drawn, id }).toEqual(run);
  });

  it("cuts texts, but those that findings name are long", () => {
    const named = rowsNamedIn(run);
    const short = readRun(plain, id, { text: 1 });
    for (const [row, asked] of short.operations.answered.entries()) {
      const full = run.operations.answered[row] ?? "";
      if (named.has(row)) expect(asked).toBe(full);
      else expect(asked).toBe(full === "" ? "" : `${full.slice(0, 24)}…`);
    }
    expect(short.messages.body.some((body) => body.length === 25)).toBe(true);
    expect(short.messages.body.every((body) => body.length <= 25 || !body.endsWith("…"))).toBe(true);
  });
});
