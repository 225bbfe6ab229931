/** Each part of the results in words: for the summary on the terminal, and for the pages. */
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { Exceptions } from "../checkers/exceptions.ts";
import type { Results } from "../checkers/judge.ts";
import type { Conduct } from "../checkers/nodes.ts";
import type { Stats } from "../checkers/stats.ts";
import type { Validity, Verdict } from "../checkers/verdict.ts";
import { nodeOf, whoAndWhen } from "../checkers/words.ts";
import type { CheckInWords } from "../pictures/run-data.ts";
import type { Workload } from "../workloads/workload.ts";

/** What was tested, as far as it is told. */
export interface Tested {
  readonly workload: Pick<Workload, "meaning">;
  readonly availability: AvailabilityGoal;
}

/** All parts that say something, in their order; of pictures, only what kept them from being drawn. */
export function explanations(tested: Tested, results: Results): CheckInWords[] {
  const { stats, availability, exceptions, net, nodes, workload, interrupted } = results;
  const parts = picturesInWords(results);
  const add = (name: string, valid: Validity, good: string, bad: readonly string[]): void => {
    parts.push({ name, valid, findings: valid === true ? [good] : bad });
  };
  if (stats) {
    const good =
      stats.count === 0 ? "there were no operations" : "every kind of operation succeeded at least once";
    add("stats", stats["valid?"], good, neverOk(stats));
  }
  if (availability) {
    const fraction = percent(availability["ok-fraction"]);
    const finding = `${fraction} of the operations ended ok, ${goalInWords(tested.availability)}`;
    add("availability", availability["valid?"], finding, [finding]);
  }
  if (exceptions)
    add("exceptions", exceptions["valid?"], "every reply could be understood", malformed(exceptions));
  if (net)
    add(
      "net",
      net["valid?"],
      `${net.all["send-count"]} messages sent, ${net.all["recv-count"]} received`,
      [],
    );
  if (nodes) add("nodes", nodes["valid?"], "every node kept to the protocol", problems(nodes));
  if (workload) {
    // Of what nobody answered there is nothing bad to say, and nothing good.
    const answered = (stats?.["ok-count"] ?? 0) > 0;
    const good = answered
      ? [tested.workload.meaning, ...stability(workload)].join("\n")
      : "nothing was answered";
    add("workload", workload["valid?"], good, workload.explanation ?? []);
  }
  if (interrupted) add("interrupted", interrupted["valid?"], "", [interrupted.reason]);
  return parts;
}

/** What kept pictures from being drawn. */
export function picturesInWords({ perf, timeline }: Results): CheckInWords[] {
  return Object.entries({ perf, timeline }).flatMap(([name, part]) => {
    if (part === undefined || part["valid?"] === true) return [];
    return [{ name, valid: part["valid?"], findings: [`not all could be drawn: ${part.error}`] }];
  });
}

/** The first findings of many, and how many more there are. */
export function atMost(findings: readonly string[], count: number): readonly string[] {
  if (findings.length <= count) return findings;
  return [...findings.slice(0, count), `… and ${findings.length - count} more in results.json`];
}

function neverOk(stats: Stats): string[] {
  const never = Object.entries(stats["by-f"]).filter(([, { "ok-count": ok }]) => ok === 0);
  return never.map(([f, { count }]) => `${f} never ended ok, in ${plural(count, "attempt", "attempts")}`);
}

function goalInWords(goal: AvailabilityGoal): string {
  return goal === undefined ? "no goal was set" : `${goal === "total" ? "all" : percent(goal)} was asked for`;
}

function malformed({ exceptions = [] }: Exceptions): string[] {
  return exceptions.flatMap(({ count, example }) => [
    `${plural(count, "reply was", "replies were")} malformed, the first that of ${nodeOf(example)} ${whoAndWhen(example)}:`,
    example.error?.message ?? "",
  ]);
}

function problems({ problems = [] }: Conduct): string[] {
  return problems.map(({ message, count }) => {
    const [headline = ""] = message.split("\n");
    return count === 1 ? headline : `${headline} (${count} times)`;
  });
}

/** How long elements of a set took until every read listed them: what the Gossip Glomers set goals for. */
function stability(workload: Verdict): string[] {
  const latencies = "stable-latencies" in workload ? workload["stable-latencies"] : undefined;
  if (typeof latencies !== "object" || latencies === null) return [];
  // Results that are read again have an object where there was a map.
  const entries: [unknown, unknown][] =
    latencies instanceof Map
      ? [...latencies]
      : Object.entries(latencies).sort(([a], [b]) => Number(a) - Number(b));
  const words = entries.map(([part, latency]) => `${quantileNames.get(Number(part)) ?? part} ${latency} ms`);
  return [`stable after: ${words.join(", ")}`];
}

const quantileNames: ReadonlyMap<number, string> = new Map([
  [0, "min"],
  [0.5, "p50"],
  [0.95, "p95"],
  [0.99, "p99"],
  [1, "max"],
]);

function percent(fraction: number): string {
  // Rounded down, so that 100 % is said of all and of nothing less.
  return `${Math.floor(fraction * 10000) / 100} %`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
