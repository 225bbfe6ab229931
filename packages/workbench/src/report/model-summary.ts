/** What came of judging a history from elsewhere with regard to a model, in words. */
import type { LinearizabilityVerdict } from "../checkers/linearizability/checker.ts";
import { safeText } from "./safe-text.ts";
import type { Style } from "./style.ts";
import { closing, mark } from "./verdict.ts";

/** The verdict on a history with regard to a model. */
export interface ModelResults extends LinearizabilityVerdict {
  readonly model: string;
  /** Operations that clients began. */
  readonly count: number;
}

/** The whole summary, without a line end. */
export function modelSummary(results: ModelResults, where: string, style: Style): string {
  const { "valid?": valid, model, count, explanation = [] } = results;
  const keys = results.results ? `; ${Object.keys(results.results).length} keys, each judged on its own` : "";
  const none = "there are no operations of clients, and so nothing that does not fit";
  const good =
    "all operations can be put in one order in which each takes effect between its beginning and its end";
  const [first = count === 0 ? none : good, ...rest] = explanation.flatMap((finding) =>
    safeText(finding).split("\n"),
  );
  return [
    `${style.strong("Operations")}   ${count}, on a ${model}${keys}`,
    [
      style.strong("Checks"),
      `  ${mark(valid, style)} linearizable  ${first}`,
      ...rest.map((line) => `${" ".repeat(18)}${line}`),
    ].join("\n"),
    `${style.strong("Results")}      :valid? ${valid}\n             ${where}`,
    closing(valid, style),
  ].join("\n\n");
}
