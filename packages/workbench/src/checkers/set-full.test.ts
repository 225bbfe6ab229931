import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { histories, places, renamed, withInfo } from "../../test/random-histories.ts";
import type { Operation } from "../history/operation.ts";
import { pairs } from "../history/pairs.ts";
import { check } from "./checker.ts";
import { SetFullChecker, type SetFullVerdict } from "./set-full.ts";
import { compareValues } from "./value-map.ts";

const judge = (history: readonly Operation[], add?: string) => check(new SetFullChecker(add), history);

/** Few elements, so that much happens to each; 4 is not among those that stand where their value says. */
const element = fc.constantFrom<unknown>(0, 1, 2, 4, "1");
const listed = fc.oneof(
  { weight: 6, arbitrary: fc.subarray<unknown>([0, 1, 2, 4, "1"]) },
  { weight: 1, arbitrary: fc.array(element, { maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constant([0, 1, 2, 3]) },
);
const small = histories(
  fc.oneof(
    element.map((value) => ({ f: "add", value })),
    fc.constant({ f: "read", value: null }),
  ),
  listed,
);

/** Reads that list all that was tried before they ended, but for what a mask leaves out: histories that are valid now and then. */
const likely = fc
  .tuple(small, fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 }))
  .map(([history, masks]) =>
    history.map((operation, i) => {
      if (operation.f !== "read" || operation.type !== "ok") return operation;
      const tried = history.slice(0, i).filter(({ f, type }) => f === "add" && type === "invoke");
      const values = [...new Set(tried.map(({ value }) => value))].filter((_, place) => place !== masks[i]);
      return { ...operation, value: values };
    }),
  );

interface Read {
  readonly begin: Operation;
  readonly end: Operation;
  readonly values: readonly unknown[];
}

/** What the definitions say of a history, element by element and read by read. */
function oracle(history: readonly Operation[]) {
  const all = [...pairs(history)];
  const reads: Read[] = all.flatMap(({ invocation, completion: end }) =>
    invocation.f === "read" && end?.type === "ok" && Array.isArray(end.value)
      ? [{ begin: invocation, end, values: end.value }]
      : [],
  );
  const adds = all.filter(({ invocation }) => invocation.f === "add");
  const elements = [...new Set(adds.map(({ invocation }) => invocation.value))].sort(compareValues);
  const firstTry = (value: unknown): number =>
    Math.min(...adds.filter((add) => add.invocation.value === value).map((add) => add.invocation.index));
  const judged = elements.map((value) => {
    // A read that ended before anybody tried says nothing of an element.
    const relevant = reads
      .filter(({ end }) => end.index > firstTry(value))
      .sort((a, b) => b.begin.index - a.begin.index);
    const has = ({ values }: Read): boolean => values.includes(value);
    const own = adds.filter(({ invocation }) => invocation.value === value);
    const certain = [
      ...own.flatMap(({ completion }) => (completion?.type === "ok" ? [completion] : [])),
      ...relevant.filter(has).map(({ end }) => end),
    ].sort((a, b) => a.index - b.index)[0];
    const [last] = relevant;
    let outcome = "never-read";
    if (last !== undefined && has(last)) outcome = "stable";
    else if (last !== undefined && certain !== undefined && last.begin.index > certain.index)
      outcome = "lost";
    const other = relevant.find((read) => has(read) === (outcome === "lost"));
    const ns = other === undefined ? 0 : other.begin.time + 1 - (certain?.time ?? 0);
    return {
      value,
      outcome,
      latency: Math.floor(Math.max(0, ns) / 1e6),
      twice: Math.max(0, ...relevant.map(({ values }) => values.filter((each) => each === value).length)),
      aborted: own.every(({ completion }) => completion?.type === "fail") && relevant.some(has),
    };
  });
  const phantoms = new Set(
    reads.flatMap(({ values, end }) => values.filter((value) => !(firstTry(value) < end.index))),
  );
  return { judged, phantoms: [...phantoms].sort(compareValues) };
}

function expectAsDefined(history: readonly Operation[]): SetFullVerdict {
  const { judged, phantoms } = oracle(history);
  const of = (outcome: string) => judged.filter((each) => each.outcome === outcome);
  const values = (some: readonly { readonly value: unknown }[]) => some.map(({ value }) => value);
  const [stable, lost, never] = [of("stable"), of("lost"), of("never-read")];
  const stale = stable.filter(({ latency }) => latency > 0);
  const duplicated = judged.filter(({ twice }) => twice > 1);
  const aborted = judged.filter((each) => each.aborted);
  const wrong = lost.length + phantoms.length + duplicated.length + aborted.length;
  const verdict = judge(history);
  expect(verdict).toMatchObject({
    "valid?": wrong > 0 ? false : stable.length > 0 || "unknown",
    "attempt-count": judged.length,
    "stable-count": stable.length,
    "lost-count": lost.length,
    lost: values(lost),
    "never-read-count": never.length,
    "never-read": values(never),
    "stale-count": stale.length,
    stale: values(stale),
    "duplicated-count": duplicated.length,
    duplicated: new Map(duplicated.map(({ value, twice }) => [value, twice])),
    "phantom-count": phantoms.length,
    phantom: phantoms,
    "aborted-read-count": aborted.length,
    "aborted-read": values(aborted),
  });
  const slowest = [...stale].reverse().sort((a, b) => b.latency - a.latency);
  expect(verdict["worst-stale"].map((each) => [each.element, each["stable-latency"]])).toEqual(
    slowest.slice(0, 8).map(({ value, latency }) => [value, latency]),
  );
  for (const [name, some] of [
    ["stable-latencies", stable],
    ["lost-latencies", lost],
  ] as const) {
    const sorted = some.map(({ latency }) => latency).sort((a, b) => a - b);
    const at = (point: number) => sorted[Math.min(sorted.length - 1, Math.floor(point * sorted.length))];
    const quantiles = new Map([0, 0.5, 0.95, 0.99, 1].map((point) => [point, at(point)]));
    expect(verdict[name]).toEqual(some.length === 0 ? undefined : quantiles);
  }
  expect(verdict.explanation?.length ?? 0).toBe(wrong || Number(stable.length === 0));
  return verdict;
}

describe("set-full", () => {
  it("finds what the definitions say", () => {
    fc.assert(
      fc.property(small, (history) => void expectAsDefined(history)),
      { numRuns: 15_000 },
    );
  });

  it("finds what the definitions say when most is as it should be", () => {
    let valid = 0;
    const numRuns = 10_000;
    fc.assert(
      fc.property(likely, (history) => {
        if (expectAsDefined(history)["valid?"] === true) valid++;
      }),
      { numRuns },
    );
    expect(valid).toBeGreaterThan(numRuns / 20);
  });

  it("does not care for the names of processes, and is not refuted by what nobody knows the end of", () => {
    fc.assert(
      fc.property(likely, places, (history, place) => {
        const { explanation, "worst-stale": worst, ...verdict } = judge(history);
        expect(judge(renamed(history))).toMatchObject(verdict);
        const more = judge(withInfo(history, { f: "add", value: "more" }, place));
        expect(more["valid?"]).toBe(verdict["valid?"]);
        expect(judge(withInfo(history, { f: "read", value: null }, place))).toMatchObject(verdict);
      }),
      { numRuns: 2000 },
    );
  });

  it("finds nothing but losses in a part of a valid history: what was slow has been lost until then", () => {
    fc.assert(
      fc.property(likely, fc.nat(), (history, length) => {
        if (judge(history)["valid?"] !== true) return;
        const part = judge(history.slice(0, length % (history.length + 1)));
        expect([part["duplicated-count"], part["phantom-count"]]).toEqual([0, 0]);
      }),
    );
  });

  it("takes adds under another name, and sets where they are read from EDN", () => {
    const entry = { index: 0, time: 0, process: 0 } as const;
    const history: Operation[] = [
      { ...entry, type: "invoke", f: "broadcast", value: 7 },
      { ...entry, type: "ok", f: "broadcast", value: 7, index: 1 },
      { ...entry, type: "invoke", f: "read", value: null, index: 2 },
      { ...entry, type: "ok", f: "read", value: new Set([7]), index: 3 },
      { ...entry, type: "info", f: "read", value: [1], process: "nemesis", index: 4 },
    ];
    expect(judge(history, "broadcast")).toMatchObject({ "valid?": true, "stable-count": 1 });
    expect(judge(history)).toMatchObject({ "valid?": false, phantom: [7] });
  });

  it.each([
    ["integers", (i: number) => i],
    ["arrays", (i: number) => [i]],
  ])("tells no more than a thousand phantoms apart: %s", (_, make) => {
    const values = Array.from({ length: 1500 }, (_, i) => make(i));
    const read = { time: 0, process: 0, f: "read" };
    const history = [values, values, [9999]].flatMap((value, i): Operation[] => [
      { ...read, index: 2 * i, type: "invoke", value: null },
      { ...read, index: 2 * i + 1, type: "ok", value },
    ]);
    const verdict = judge(history);
    expect([verdict["valid?"], verdict["phantom-count"]]).toEqual([false, 1000]);
    expect(verdict.explanation).toHaveLength(101);
  });
});

describe("what set-full says", () => {
  /** A history in which one operation takes 1 ms and the next begins 1 ms later, each on its own node. */
  function tell(
    ...operations: readonly (readonly [f: string, type: "ok" | "fail" | "info", value: unknown])[]
  ) {
    const history = operations.flatMap(([f, type, value], i): Operation[] => {
      const entry = { process: i, node: `n${i}`, f };
      return [
        { ...entry, index: 2 * i, time: 2e6 * i, type: "invoke", value: f === "read" ? null : value },
        {
          ...{ ...entry, index: 2 * i + 1, time: 2e6 * i + 1e6, type, value },
          ...(type !== "ok" && { error: { kind: "rpc-error", message: "too busy" } }),
        },
      ];
    });
    return judge(history).explanation;
  }

  it("does not call lost what may still be on its way when the run is cut short", () => {
    const checker = new SetFullChecker();
    const base = { process: 0, time: 0, node: "n0" };
    const entries = [
      { ...base, f: "add", type: "invoke", value: 5 },
      { ...base, f: "add", type: "ok", value: 5 },
      { ...base, f: "read", type: "invoke", value: null },
      { ...base, f: "read", type: "ok", value: [] },
    ] as const;
    for (const [index, entry] of entries.entries()) checker.add({ ...entry, index });
    expect(checker.verdict()["valid?"]).toBe(false);
    const { "valid?": valid, explanation = [] } = checker.verdict(true);
    expect([valid, explanation[0]]).toEqual([
      "unknown",
      expect.stringContaining("may still have been on its way"),
    ]);
  });

  it("names the operations that contradict each other", () => {
    expect(tell(["add", "ok", 5], ["read", "ok", []])).toEqual([
      "5 is lost: n0 acknowledged it (process 0, at 0.001 s), but no read ever listed it; the last read without it is that of n1 (process 1, at 0.002 s)",
    ]);
    expect(tell(["add", "info", 5], ["read", "ok", [5]], ["read", "ok", [5]], ["read", "ok", []])).toEqual([
      "5 is lost: a read of n1 (process 1, at 0.003 s) listed it, but no read has listed it since that of n2 (process 2, at 0.004 s); the last read without it is that of n3 (process 3, at 0.006 s)",
    ]);
    for (const [one, other] of [
      [
        [5, 5],
        [5, 5, 5],
      ],
      [
        [5, 5, 5],
        [5, 5],
      ],
    ])
      expect(tell(["add", "ok", 5], ["read", "ok", one], ["read", "ok", other])).toEqual([
        "n1 listed 5 more than once in a read (process 1, at 0.003 s); a read has it 3 times at most",
      ]);
    expect(tell(["add", "ok", 5], ["read", "ok", [5, 6, 6]], ["read", "ok", [5, 6, 6]])).toEqual([
      "n1 listed 6, which nobody had tried to add (process 1, at 0.003 s); 2 reads have it",
    ]);
    expect(tell(["add", "fail", 5], ["read", "ok", [5]])).toEqual([
      "n0 answered (process 0, at 0.001 s) that it had not added 5: too busy; but a read of n1 (process 1, at 0.002 s) listed it",
    ]);
    expect(tell(["add", "ok", 5])).toEqual([
      "no element that was added is in the reads that came after it: there is nothing to judge",
    ]);
    expect(tell(["add", "ok", 5], ["read", "ok", [5]])).toBeUndefined();
    expect(tell(["add", "ok", 5], ["read", "ok", [5]], ["read", "info", []])).toBeUndefined();
  });

  it("keeps of a read all but what it listed", () => {
    const read = { process: 0, f: "read", node: "n0" };
    const add = { process: 1, f: "add", value: 5, node: "n1" };
    const verdict = judge([
      { ...add, index: 0, time: 0, type: "invoke" },
      { ...read, index: 1, time: 0, type: "invoke", value: null },
      { ...read, index: 2, time: 1e6, type: "ok", value: [5] },
      { ...read, index: 3, time: 4_999_999, type: "invoke", value: null },
      { ...read, index: 4, time: 6e6, type: "ok", value: [] },
      { ...read, index: 5, time: 7e6, type: "invoke", value: null },
      { ...read, index: 6, time: 8e6, type: "ok", value: [5] },
    ]);
    expect(verdict["worst-stale"]).toEqual([
      {
        element: 5,
        outcome: "stable",
        "stable-latency": 4,
        "lost-latency": null,
        known: { ...read, index: 2, time: 1e6, type: "ok" },
        "last-absent": { ...read, index: 3, time: 4_999_999, type: "invoke", value: null },
      },
    ]);
  });
});
