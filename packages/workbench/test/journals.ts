/** Journals for tests of what is made of messages: written by hand, or by chance, as columns. */
import fc from "fast-check";
import type { Fate, MessageColumns, RunData } from "../src/pictures/run-data.ts";

interface Row {
  readonly id: number;
  readonly src: string;
  readonly dest: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly sent: number;
  readonly sentOrder: number;
  arrived: number;
  arrivedOrder: number;
  fate: Fate;
}

/** Writes a journal event by event. */
export class JournalWriter {
  readonly rows: Row[] = [];
  readonly #sent: Row[] = [];
  #order = 0;

  /** @returns the message's id */
  send(time: number, src: string, dest: string, body: Readonly<Record<string, unknown>> = {}): number {
    const id = this.#sent.length;
    const row: Row = {
      id,
      src,
      dest,
      body,
      sent: time,
      sentOrder: this.#order++,
      arrived: -1,
      arrivedOrder: -1,
      fate: "u",
    };
    this.rows.push(row);
    this.#sent.push(row);
    return id;
  }

  /** A second time, it is a twin. */
  receive(time: number, id: number): void {
    this.#end(time, id, "a");
  }

  lose(time: number, id: number, fate: Fate = "p"): void {
    this.#end(time, id, fate);
  }

  /** Sends a message that arrives so many ns later. */
  pass(
    time: number,
    src: string,
    dest: string,
    body: Readonly<Record<string, unknown>>,
    latency = 10,
  ): number {
    const id = this.send(time, src, dest, body);
    this.receive(time + latency, id);
    return id;
  }

  /** @param ordered whether the columns tell the places of events in the journal */
  columns(ordered = true): MessageColumns {
    const rows = this.rows;
    const names = [...new Set(rows.flatMap(({ src, dest }) => [src, dest]))];
    const typeOf = ({ body }: Row): string => (typeof body.type === "string" ? body.type : "");
    const types = [...new Set(rows.map(typeOf))];
    const number = (value: unknown): number => (typeof value === "number" ? value : -1);
    return {
      total: rows.length,
      names,
      types,
      id: rows.map(({ id }) => id),
      src: rows.map(({ src }) => names.indexOf(src)),
      dest: rows.map(({ dest }) => names.indexOf(dest)),
      type: rows.map((row) => types.indexOf(typeOf(row))),
      sent: rows.map(({ sent }) => sent),
      arrived: rows.map(({ arrived }) => arrived),
      sentOrder: rows.map(({ sentOrder }) => (ordered ? sentOrder : -1)),
      arrivedOrder: rows.map(({ arrivedOrder }) => (ordered ? arrivedOrder : -1)),
      fate: rows.map(({ fate }) => fate).join(""),
      msgId: rows.map(({ body }) => number(body.msg_id)),
      inReplyTo: rows.map(({ body }) => number(body.in_reply_to)),
      body: rows.map(({ body }) => JSON.stringify(body)),
    };
  }

  #end(time: number, id: number, fate: Fate): void {
    let row = this.#sent[id];
    if (!row) throw new Error(`There is no message ${id}`);
    if (row.fate !== "u") {
      const twin: Row = { ...row };
      this.rows.splice(this.rows.indexOf(row) + 1, 0, twin);
      row = twin;
    }
    row.arrived = time;
    row.arrivedOrder = this.#order++;
    row.fate = fate;
  }
}

/** A run of which only the messages, the nodes and the faults matter. */
export function runOf(
  messages: MessageColumns,
  nodes: readonly string[],
  more: Partial<RunData> = {},
): RunData {
  return {
    format: 1,
    id: "echo/run",
    workload: "echo",
    meaning: "",
    state: "complete",
    options: {},
    versions: {},
    checks: [],
    end: Math.max(0, ...messages.sent, ...messages.arrived),
    nodes,
    faults: [],
    bins: { from: 0, width: 1, functions: [], series: [] },
    operations: {
      total: 0,
      functions: [],
      index: [],
      start: [],
      end: [],
      ending: "",
      process: [],
      f: [],
      node: [],
      asked: [],
      answered: [],
      error: [],
      messages: [],
    },
    messages,
    logs: [],
    ...more,
  };
}

export const nodeNames = ["n0", "n1", "n2"] as const;
const others = ["n0", "n1", "n2", "c1", "c2", "lin-kv"] as const;
const types = ["init", "read", "write", "error"] as const;

/** Any journal that a network could write: who sends what to whom is chance, replies and requests that are handed on among it. */
export const journals: fc.Arbitrary<JournalWriter> = fc
  .array(
    fc.record({
      what: fc.constantFrom("send", "send", "arrive", "arrive", "lose", "twin", "reply", "hand on"),
      after: fc.constantFrom(0, 0, 1, 5_000, 60_000, 150_000, 30_000_000),
      pick: fc.nat(),
      from: fc.constantFrom(...others),
      to: fc.constantFrom(...others),
      type: fc.option(fc.constantFrom(...types), { nil: undefined }),
      number: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    }),
    { maxLength: 60 },
  )
  .map((actions) => {
    const writer = new JournalWriter();
    let now = 0;
    for (const { what, after, pick, from, to, type, number } of actions) {
      now += after;
      const chosen = (fate: string): Row | undefined => {
        const rows = writer.rows.filter((row) => row.fate === fate);
        return rows[pick % Math.max(rows.length, 1)];
      };
      const underWay = chosen("u");
      const arrived = chosen("a");
      const body = { ...(type && { type }), ...(number !== undefined && { msg_id: number }) };
      if (what === "send") writer.send(now, from, to, body);
      else if (what === "arrive" && underWay) writer.receive(now, underWay.id);
      else if (what === "lose" && underWay) writer.lose(now, underWay.id);
      else if (what === "twin" && arrived) writer.receive(now, arrived.id);
      else if (what === "reply" && arrived)
        writer.send(now, arrived.dest, arrived.src, { type: "ok", in_reply_to: arrived.body.msg_id });
      else if (what === "hand on" && arrived?.src.startsWith("c"))
        writer.send(now, arrived.src, to, arrived.body);
    }
    return writer;
  });
