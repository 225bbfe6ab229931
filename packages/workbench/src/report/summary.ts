/** What a finished run was, for somebody who sees such a summary for the first time. */
import type { Results } from "../checkers/judge.ts";
import type { Traffic } from "../checkers/net.ts";
import { excerpt } from "../nodes/problem.ts";
import { atMost, explanations, type Tested } from "./explanations.ts";
import { safeText } from "./safe-text.ts";
import type { Style } from "./style.ts";
import { closing, mark } from "./verdict.ts";

/** How many findings of a checker, or kinds of messages, are shown; the results have more. */
const shown = 6;

/** Said of a run that has been drawn. */
const pictures = "report.html there shows what happened; eddy serve shows all runs";

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
    [
      `${style.strong("Results")}      :valid? ${results["valid?"]}`,
      where,
      ...(results.timeline?.["valid?"] === true ? [style.faint(pictures)] : []),
    ].join("\n             "),
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
  const lines = explanations(tested, results).map(({ name, valid, findings }) => {
    const [first = "", ...rest] = atMost(findings, shown).flatMap((finding) => safeText(finding).split("\n"));
    return [
      `  ${mark(valid, style)} ${name.padEnd(14)}${first}`,
      ...rest.map((line) => `${" ".repeat(18)}${line}`),
    ].join("\n");
  });
  return [style.strong("Checks"), ...lines].join("\n");
}

function ms(value: number): string {
  return `${value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0)} ms`;
}
