import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JournalWriter, journals, nodeNames, runOf } from "../../test/journals.ts";
import { lanesOf, placesOf } from "./lanes.ts";

/** Nodes with as many clients each, and services. */
function clusterOf(clients: number, nodes: readonly string[]) {
  const journal = new JournalWriter();
  let number = 0;
  for (let round = 0; round < clients; round++) {
    for (const node of nodes) journal.pass(round, `c${number++}`, node, { type: "read", msg_id: 1 });
  }
  journal.pass(1000, "n0", "lin-tso", { type: "ts" });
  journal.pass(1001, "n0", "lin-kv", { type: "read" });
  return runOf(journal.columns(), nodes);
}

const labels = (run: ReturnType<typeof runOf>, ...unfolded: string[]): string[] =>
  lanesOf(run, new Set(unfolded)).lanes.map(({ label }) => label);

describe("lanes", () => {
  it("hold everybody once, the nodes in their order", () => {
    fc.assert(
      fc.property(journals, fc.subarray([...nodeNames]), (writer, unfolded) => {
        const run = runOf(writer.columns(), nodeNames);
        const { lanes, laneOf } = lanesOf(run, new Set(unfolded));
        const { names } = run.messages;
        expect(lanes.flatMap((lane) => lane.names).sort()).toEqual([...names.keys()].sort());
        for (const [name, lane] of laneOf.entries()) expect(lanes[lane]?.names).toContain(name);
        expect(lanes.filter(({ kind }) => kind === "node").map(({ label }) => label)).toEqual(nodeNames);
      }),
    );
  });

  it("of some messages are those of their senders and receivers", () => {
    fc.assert(
      fc.property(journals, fc.array(fc.nat(), { minLength: 1 }), (writer, picks) => {
        const run = runOf(writer.columns(), nodeNames);
        const { id, src, dest } = run.messages;
        if (id.length === 0) return;
        const rows = Int32Array.from(picks.map((pick) => pick % id.length));
        const { lanes, laneOf } = lanesOf(run, new Set(), rows);
        const used = new Set([...rows].flatMap((row) => [src[row], dest[row]]));
        for (const { names } of lanes) expect(names.some((name) => used.has(name))).toBe(true);
        for (const name of used) expect(laneOf[name ?? -1]).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it("put the clients of a node above it, on one line, and services below all", () => {
    expect(labels(clusterOf(1, ["n0"]))).toEqual(["c0", "n0", "lin-kv", "lin-tso"]);
    expect(labels(clusterOf(2, ["n0", "n1"]))).toEqual(["c0 c2", "n0", "c1 c3", "n1", "lin-kv", "lin-tso"]);
    expect(labels(clusterOf(300, ["n0", "n1"]))).toEqual([
      "300 clients",
      "n0",
      "300 clients",
      "n1",
      "lin-kv",
      "lin-tso",
    ]);
  });

  it("belong to the node that a client asked first, whoever answered", () => {
    const journal = new JournalWriter();
    for (const dest of ["n1", "n0", "n2"]) journal.pass(0, "c1", dest, { type: "read", msg_id: 1 });
    journal.pass(1, "n0", "c2", { type: "hello" });
    expect(labels(runOf(journal.columns(), nodeNames))).toEqual(["c2", "n0", "c1", "n1", "n2"]);
  });

  it("unfold the clients of a node, but no more than can be looked at", () => {
    const some = labels(clusterOf(3, ["n0", "n1"]), "n1");
    expect(some).toEqual(["3 clients", "n0", "c1", "c3", "c5", "n1", "lin-kv", "lin-tso"]);
    const many = labels(clusterOf(300, ["n0", "n1"]), "n0");
    expect(many).toHaveLength(1 + 40 + 1 + 2 + 2);
    expect(many[0]).toBe("260 more");
  });

  it("lie below each other, closer the more there are, a client's nearest to its node", () => {
    for (const [clients, count] of [
      [1, 1],
      [1, 5],
      [4, 25],
    ] as const) {
      const { lanes } = lanesOf(
        clusterOf(
          clients,
          Array.from({ length: count }, (_, i) => `n${i}`),
        ),
        new Set(),
      );
      const { ys, height } = placesOf(lanes);
      expect(ys).toHaveLength(lanes.length);
      expect(height).toBe(ys.at(-1));
      expect(height).toBeLessThan(1200);
      for (const [i, y] of ys.entries()) if (i > 0) expect(y - (ys[i - 1] ?? 0)).toBeGreaterThanOrEqual(16);
    }
  });
});
