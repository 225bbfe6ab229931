/** Says what a page holds of a run that is too long to be held as a whole. */
import type { RunData } from "@eddy/workbench/pictures";
import { partInWords } from "./part-in-words.ts";

export function PartNotice({ run }: { run: RunData }) {
  const { operations, messages } = run;
  const lines = [
    partInWords("operations", operations.total, operations.index.length, operations.spans, run.end),
    partInWords("messages", messages.total, messages.id.length, messages.spans, run.end),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) return null;
  return (
    <div class="part-notice panel" role="note">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="muted">
        Outside these pieces of time only what a finding mentions is here. Numbers, rate and latency quantiles
        of the whole run are made from everything.
      </p>
    </div>
  );
}
