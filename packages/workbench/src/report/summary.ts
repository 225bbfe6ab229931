/** What a finished run was, for somebody who sees such a summary for the first time. */
import type { AvailabilityGoal } from "../checkers/availability.ts";
import type { Results } from "../checkers/judge.ts";
import type { Traffic } from "../checkers/net.ts";
import type { Validity, Verdict } from "../checkers/verdict.ts";
import { excerpt } from "../nodes/problem.ts";
import type { Workload } from "../workloads/workload.ts";
import { safeText } from "./safe-text.ts";
import type { Style } from "./style.ts";
import { closing, mark } from "./verdict.ts";

/** How many findings of a checker, or kinds of messages, are shown; the results have more. */
const shown = 6;

/** What was tested, as far as a summary tells it. */
export interface Tested {
  readonly workload: Pick<Workload, "meaning">;
  readonly availability: AvailabilityGoal;
}

/**
 * The whole summary, without a line end.
 *
 * @param where the run is stored
 */
export function summary(tested: Tested, results: Results, where: string, style: Style): string {
  const sections = [
    operations(results, style),
    ...(results.net ? [messages(results, style)] : []),
    checks(tested, results, style),
    `${style.strong("Results")}      :valid? ${results["valid?"]}\n             ${where}`,
    closing(results["valid?"], style),
  ];
  return sections.join("\n\n");
}

function operations({ stats }: Results, style: Style): string {
  if (stats === undefined) return `${style.strong("Operations")}   none: the nodes did not get ready`;
  const { "ok-count": ok, "fail-count": fail, "info-count": info, latency } = stats;
  const lines = [`${style.strong("Operations")}   ${ok} ok, ${fail} fail, ${info} info`];
  if (fail + info > 0)
    lines.push(style.faint("             fail: did not happen; info: nobody knows whether it did"));
  if (latency !== undefined) {
    const { p50, p95, p99, max } = latency;
    lines.push(`  latency    p50 ${ms(p50)}, p95 ${ms(p95)}, p99 ${ms(p99)}, max ${ms(max)}`);
  }
  return lines.join("\n");
}

function messages({ net }: Results, style: Style): string {
  if (net === undefined) return "";
  const { all, clients, servers } = net;
  const each =
    all["msgs-per-op"] === undefined ? "" : `, ${all["msgs-per-op"].toFixed(2)} for each operation`;
  return [
    `${style.strong("Messages")}     ${all["msg-count"]}${each}`,
    `  clients    ${breakdown(clients)}`,
    `  servers    ${breakdown(servers)}`,
  ].join("\n");
}

function breakdown({ "msg-count": count, "by-type": byType }: Traffic): string {
  if (count === 0) return "none among themselves";
  const parts = Object.entries(byType).map(([type, number]) => `${number} ${safeText(excerpt(type))}`);
  const more = parts.length > shown ? `, and ${parts.length - shown} more kinds in results.json` : "";
  return `${count}: ${parts.slice(0, shown).join(", ")}${more}`;
}

function checks(tested: Tested, results: Results, style: Style): string {
  const lines = Object.entries(explanations(tested, results)).map(([name, { validity, findings }]) => {
    const [first = "", ...rest] = findings.flatMap((finding) => safeText(finding).split("\n"));
    return [
      `  ${mark(validity, style)} ${name.padEnd(14)}${first}`,
      ...rest.map((line) => `${" ".repeat(18)}${line}`),
    ].join("\n");
  });
  return [style.strong("Checks"), ...lines].join("\n");
}

interface Explanation {
  readonly validity: Validity;
  readonly findings: readonly string[];
}

/** Each part of the results in words. */
function explanations(tested: Tested, results: Results): Record<string, Explanation> {
  const { stats, availability, exceptions, net, nodes, workload, interrupted } = results;
  const parts: Record<string, Explanation> = {};
  const add = (name: string, validity: Validity, good: string, bad: readonly string[]): void => {
    parts[name] = { validity, findings: validity === true ? [good] : limit(bad) };
  };
  if (stats) {
    const never = Object.entries(stats["by-f"]).filter(([, { "ok-count": ok }]) => ok === 0);
    const bad = never.map(
      ([f, { count }]) => `${f} never ended ok, in ${plural(count, "attempt", "attempts")}`,
    );
    const good =
      stats.count === 0 ? "there were no operations" : "every kind of operation succeeded at least once";
    add("stats", stats["valid?"], good, bad);
  }
  if (availability) {
    const fraction = percent(availability["ok-fraction"]);
    const goal = tested.availability;
    const asked =
      goal === undefined ? "no goal was set" : `${goal === "total" ? "all" : percent(goal)} was asked for`;
    const finding = `${fraction} of the operations ended ok, ${asked}`;
    add("availability", availability["valid?"], finding, [finding]);
  }
  if (exceptions) {
    const bad = (exceptions.exceptions ?? []).flatMap(({ count, example }) => [
      `${plural(count, "reply was", "replies were")} malformed, the first at ${(example.time / 1e9).toFixed(3)} s:`,
      example.error?.message ?? "",
    ]);
    add("exceptions", exceptions["valid?"], "every reply could be understood", bad);
  }
  if (net)
    add(
      "net",
      net["valid?"],
      `${net.all["send-count"]} messages sent, ${net.all["recv-count"]} received`,
      [],
    );
  const problems = (nodes?.problems ?? []).map(({ message, count }) => {
    const [headline = ""] = message.split("\n");
    return count === 1 ? headline : `${headline} (${count} times)`;
  });
  if (nodes) add("nodes", nodes["valid?"], "every node kept to the protocol", problems);
  if (workload) {
    // Of what nobody answered there is nothing bad to say, and nothing good.
    const answered = (stats?.["ok-count"] ?? 0) > 0;
    add(
      "workload",
      workload["valid?"],
      answered ? [tested.workload.meaning, ...stability(workload)].join("\n") : "nothing was answered",
      workload.explanation ?? [],
    );
  }
  if (interrupted) add("interrupted", interrupted["valid?"], "", [interrupted.reason]);
  return parts;
}

/** How long elements of a set took until every read listed them: what the Gossip Glomers set goals for. */
function stability(workload: Verdict): string[] {
  if (!("stable-latencies" in workload)) return [];
  const latencies = workload["stable-latencies"];
  if (!(latencies instanceof Map)) return [];
  const words = [...latencies].map(([part, latency]) => `${quantileNames.get(part) ?? part} ${latency} ms`);
  return [`stable after: ${words.join(", ")}`];
}

const quantileNames: ReadonlyMap<unknown, string> = new Map([
  [0, "min"],
  [0.5, "p50"],
  [0.95, "p95"],
  [0.99, "p99"],
  [1, "max"],
]);

function limit(findings: readonly string[]): readonly string[] {
  if (findings.length <= shown) return findings;
  return [...findings.slice(0, shown), `… and ${findings.length - shown} more in results.json`];
}

function percent(fraction: number): string {
  // Rounded down, so that 100 % is said of all and of nothing less.
  return `${Math.floor(fraction * 10000) / 100} %`;
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
