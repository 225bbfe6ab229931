/**
 * The zoo: servers that are right, and servers that are wrong in one way each, tested with the real command. The wrong ones
 * are found, and the explanation names operations of the history that contradict each other.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { eddy, type Outcome } from "./eddy.ts";

/** Runs a server of the zoo in one of its ways. */
async function run(workload: string, server: string, way: string, flags = ""): Promise<Outcome> {
  const bin = fileURLToPath(new URL(`zoo/${server}.mjs`, import.meta.url));
  const common = "--node-count 3 --time-limit 4 --rate 40 --concurrency 2n --seed 1".split(" ");
  const own = flags.split(" ").filter((flag) => flag !== "");
  const outcome = await eddy("test", "-w", workload, "--bin", bin, ...common, ...own, "--", way);
  expect(outcome.leftBehind).toEqual([]);
  return outcome;
}

describe.concurrent("a good server", () => {
  it.each([
    ["unique-ids", "unique-ids", "good", "--nemesis kill --nemesis-interval 1"],
    ["unique-ids", "unique-ids", "large", "--rate 200"],
    ["unique-ids", "unique-ids", "mixed", ""],
    ["broadcast", "broadcast", "good", "--node-count 5 --nemesis partition --nemesis-interval 1"],
    ["g-set", "g-set", "good", "--latency 10"],
    ["g-counter", "counter", "good", "--node-count 5 --nemesis partition --nemesis-interval 1"],
    ["pn-counter", "counter", "good", "--latency 10"],
  ])("of %s, %s.mjs (%s), is found valid %s", async (workload, server, way, flags) => {
    const { code, stdout } = await run(workload, server, way, flags);
    expect([code, stdout]).toEqual([0, expect.stringContaining("Everything looks good!")]);
  });
});

/** An operation of the history as it ended. */
interface Ended {
  readonly type: unknown;
  readonly f: unknown;
  readonly value: unknown;
}

/**
 * The operations that a line names, as in `n1 … (process 3, at 1.234 s)`, by their beginning or by their end. A process may
 * end an operation and begin another in the same ms, so that each time there may be several that are meant.
 */
function named(line: string, { lines }: Outcome): Ended[][] {
  const history = lines("history.jsonl");
  const names = line.matchAll(/(n\d)[^(]*\(process (\d+), at ([\d.]+) s(?:, messages? ([^)]*))?\)/g);
  return [...names].map(([, node, process, time, messages = ""]) => {
    const own = history.filter((each) => each.node === node && String(each.process) === process);
    return own.flatMap((each, i) => {
      if ((Number(each.time) / 1e9).toFixed(3) !== time) return [];
      const { type, f, value, messages: carried } = (each.type === "invoke" ? own[i + 1] : each) ?? each;
      if (messages.match(/\d+/g)?.map(Number).join() !== String(carried)) return [];
      return [{ type, f, value }];
    });
  });
}

function explanation({ results }: Outcome): string[] {
  const { workload } = results();
  const isVerdict = typeof workload === "object" && workload !== null && "explanation" in workload;
  return isVerdict && Array.isArray(workload.explanation) ? workload.explanation.map(String) : [];
}

function has({ f, value }: Ended, element: unknown): number {
  return f === "read" && Array.isArray(value) ? value.filter((each) => each === element).length : 0;
}

/** What a line has to say; with what is in its brackets, which operation it must name in which place, of how many. */
type Proof = readonly [
  words: RegExp,
  proves: (told: string, operation: Ended, place: number, of: number) => boolean,
];

const sameId: Proof = [
  /^the id (.+) was given (?:twice|\d+ times):/,
  (id, { type, f, value }, _, of) =>
    of > 1 && type === "ok" && f === "generate" && JSON.stringify(value) === id,
];

const lost = (add: string): Proof => [
  /^(\d+) is lost: n\d acknowledged it .* but no read (?:ever listed it|has listed it since that of).*; the last read without it is that of/,
  (element, operation, place, of) => {
    if (place === 0)
      return operation.f === add && operation.type === "ok" && operation.value === Number(element);
    return operation.f === "read" && has(operation, Number(element)) === (place === of - 1 ? 0 : 1);
  },
];

const duplicate: Proof = [
  /^n1 listed (\d+) more than once in a read .*; a read has it (?:twice|\d+ times) at most$/,
  (element, read) => has(read, Number(element)) > 1,
];

const phantom: Proof = [
  /^n\d listed (.+), which nobody had tried to add .*; \d+ reads have it$/,
  (element, read) => has(read, JSON.parse(element)) === 1,
];

const aborted: Proof = [
  /^n\d answered .* that it had not added (\d+): too busy; but a read of n\d .* listed it$/,
  (element, operation, place) =>
    place === 0
      ? operation.type === "fail" && operation.f === "add" && operation.value === Number(element)
      : has(operation, Number(element)) === 1,
];

const finalRead = (words: RegExp): Proof => [
  new RegExp(`^n\\d said (\\d+) in its final read .*, acceptable is -?\\d+; \\d+ ${words.source}$`),
  (said, { type, f, value }) => type === "ok" && f === "read" && value === Number(said),
];

/** Each wrong server, how to run it, and what proves it. */
const animals: readonly (readonly [workload: string, server: string, way: string, flags: string, Proof])[] = [
  ["unique-ids", "unique-ids", "clock", "--rate 300", sameId],
  [
    ...(["unique-ids", "unique-ids", "restarts"] as const),
    "--nemesis kill --nemesis-interval 1 --concurrency 8n --time-limit 8",
    sameId,
  ],
  [
    ...(["broadcast", "broadcast", "drops"] as const),
    "--node-count 5 --nemesis partition --nemesis-interval 1",
    lost("broadcast"),
  ],
  ["broadcast", "broadcast", "forgets", "", lost("broadcast")],
  ["broadcast", "broadcast", "duplicates", "", duplicate],
  ["broadcast", "broadcast", "invents", "", phantom],
  ["g-set", "g-set", "loses", "", lost("add")],
  ["g-set", "g-set", "invents", "", phantom],
  ["g-set", "g-set", "refuses", "", aborted],
  [
    ...(["g-counter", "counter", "races", "--latency 20 --concurrency 4n"] as const),
    finalRead(/too low: at least \d+ acknowledged adds? (?:are|is) missing/),
  ],
  [
    ...(["g-counter", "counter", "retries", "--latency 40"] as const),
    finalRead(/too high: too much was added/),
  ],
  [
    ...(["pn-counter", "counter", "rises", ""] as const),
    finalRead(/too high: at least \d+ acknowledged adds? below 0 (?:are|is) missing, or too much was added/),
  ],
  [...(["pn-counter", "counter", "floors", ""] as const), finalRead(/too high: .*too much was added/)],
];

describe.concurrent("a wrong server", () => {
  it.each(animals)(
    "of %s, %s.mjs (%s), is found out %s",
    async (workload, server, way, flags, [words, proves]) => {
      const outcome = await run(workload, server, way, flags);
      expect([outcome.code, outcome.results()]).toMatchObject([
        ...[1, { "valid?": false, workload: { "valid?": false } }],
      ]);
      const lines = explanation(outcome).filter((line) => !line.startsWith("… and "));
      expect(lines.length).toBeGreaterThan(0);
      expect(outcome.stdout).toContain(lines[0]);
      for (const line of lines) {
        const told = words.exec(line)?.[1];
        if (told === undefined) throw new Error(`this is not what was to be told: ${line}`);
        const operations = named(line, outcome);
        const proved = operations.map((meant, place) =>
          meant.some((operation) => proves(told, operation, place, operations.length)),
        );
        expect([line, proved]).toEqual([line, operations.map(() => true)]);
        expect(operations.length).toBeGreaterThan(0);
      }
    },
  );
});
