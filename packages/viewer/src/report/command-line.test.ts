import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commandLine } from "./command-line.ts";

/** As `test.json` has them, all of them being what they are when nobody says anything. */
const standard = {
  workload: "echo",
  bin: "bin/maelstrom-echo",
  args: [],
  nodes: ["n1", "n2", "n3", "n4", "n5"],
  concurrency: 5,
  timeLimit: 60,
  rate: 5,
  latency: { mean: 0, distribution: "constant" },
  nemesis: { faults: [], interval: 10 },
  grace: 1,
  checkerTimeLimit: 60,
  tuning: {
    topology: "grid",
    consistencyModels: ["strict-serializable"],
    maxTxnLength: 4,
    maxWritesPerKey: 16,
  },
  seed: 7,
  store: "store",
  show: { stderr: false, send: false, receive: false },
};

describe("commandLine", () => {
  it("leaves out what need not be said, but never the seed", () => {
    expect(commandLine(standard)).toBe("eddy test -w echo --bin bin/maelstrom-echo --seed 7");
  });

  it.each([
    [{ nodes: ["n0"], concurrency: 1 }, "--node-count 1"],
    [{ nodes: ["n0", "n1", "n2"], concurrency: 3 }, "--node-count 3"],
    [{ nodes: ["a", "b"], concurrency: 2 }, "--nodes a,b"],
    [{ nodes: ["n1", "n2"], concurrency: 2 }, "--nodes n1,n2"],
    [{ concurrency: 20 }, "--concurrency 4n"],
    [{ concurrency: 7 }, "--concurrency 7"],
    [{ timeLimit: 8 }, "--time-limit 8"],
    [{ rate: 0 }, "--rate 0"],
    [{ latency: { mean: 10, distribution: "constant" } }, "--latency 10"],
    [{ latency: { mean: 10, distribution: "exponential" } }, "--latency 10 --latency-dist exponential"],
    [{ nemesis: { faults: ["partition", "kill"], interval: 10 } }, "--nemesis partition,kill"],
    [{ nemesis: { faults: ["kill"], interval: 3 } }, "--nemesis kill --nemesis-interval 3"],
    [{ grace: 0 }, "--grace 0"],
    [{ availability: "total" }, "--availability total"],
    [{ availability: 0.99 }, "--availability 0.99"],
    [{ checkerTimeLimit: 5 }, "--checker-time-limit 5"],
    [{ tuning: { ...standard.tuning, topology: "tree4" } }, "--topology tree4"],
    [{ tuning: { ...standard.tuning, keyCount: 3 } }, "--key-count 3"],
    [{ tuning: { ...standard.tuning, maxTxnLength: 2 } }, "--max-txn-length 2"],
    [{ tuning: { ...standard.tuning, maxWritesPerKey: 2 } }, "--max-writes-per-key 2"],
    [
      { tuning: { ...standard.tuning, consistencyModels: ["serializable", "read-committed"] } },
      "--consistency-models serializable,read-committed",
    ],
    [{ show: { stderr: true, send: true, receive: true } }, "--log-stderr --log-net-send --log-net-recv"],
  ])("says %o", (changed, words) => {
    expect(commandLine({ ...standard, ...changed })).toBe(
      `eddy test -w echo --bin bin/maelstrom-echo ${words} --seed 7`,
    );
  });

  it("quotes what a shell would take apart, and takes nothing for true that is not", () => {
    expect(commandLine({ bin: "my server.ts", show: { stderr: "no" }, concurrency: 4 })).toBe(
      "eddy test --bin 'my server.ts' --concurrency 4",
    );
  });

  it("has the nodes' own arguments at its end, quoted", () => {
    expect(commandLine({ ...standard, args: ["--fast", "it's"] })).toMatch(/ --seed 7 -- --fast 'it'\\''s'$/);
  });

  it("takes any options", () => {
    expect(commandLine({})).toBe("eddy test");
    const odd = fc.dictionary(fc.constantFrom(...Object.keys(standard)), fc.jsonValue());
    fc.assert(
      fc.property(odd, (options) => {
        expect(commandLine(options)).toMatch(/^eddy test/);
      }),
    );
  });
});
