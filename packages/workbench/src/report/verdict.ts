/** Verdicts as they are shown: a mark for each part, and the last line. */
import type { Validity } from "../checkers/verdict.ts";
import type { RunData } from "../pictures/run-data.ts";
import type { Style } from "./style.ts";

export function mark(validity: Validity, style: Style): string {
  if (validity === "unknown") return style.doubtful("?");
  return validity ? style.good("✓") : style.bad("✗");
}

/** The last line, that of the original where it has one. */
export function closing(validity: Validity, style: Style): string {
  if (validity === "unknown")
    return style.doubtful("No anomaly was found, but the run cannot be called good. ಠ~ಠ");
  return validity
    ? style.good("Everything looks good! ヽ(‘ー`)ノ")
    : style.bad("Analysis invalid! (ﾉಥ益ಥ）ﾉ ┻━┻");
}

/** What is known of a run, in a few words. */
export function verdictInWords({ valid, state }: Pick<RunData, "valid" | "state">): string {
  if (valid === true) return "everything looks good";
  if (valid === false) return "analysis invalid";
  if (valid === "unknown") return "no anomaly was found, but the run cannot be called good";
  return state === "running"
    ? "the run is going on"
    : "the run did not come to its end, and nobody has judged it";
}
