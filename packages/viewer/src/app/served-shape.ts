/** Whether what the server said has the shape that `served.ts` promises. */
import type { FileEntry, LiveError, LiveRun, Refusal, RunEntry, RunList } from "@eddy/workbench/pictures";
import { isBins, isFaultSpan, isVerdict } from "../run-shape.ts";
import { fieldsOf, type Guard, isNumber, isText, listOf, oneOf, optional } from "../shape.ts";

export const isRunEntry: Guard<RunEntry> = fieldsOf<RunEntry>({
  id: isText,
  workload: isText,
  state: oneOf("complete", "running", "unfinished", "damaged", "foreign"),
  valid: optional(isVerdict),
  start: optional(isText),
  duration: optional(isNumber),
  operations: optional(isNumber),
  seed: optional(isNumber),
  nodes: optional(isNumber),
  nemesis: optional(listOf(isText)),
  remark: optional(isText),
});

export const isRunList: Guard<RunList> = fieldsOf<RunList>({ store: isText, runs: listOf(isRunEntry) });

export const isFileList: Guard<readonly FileEntry[]> = listOf(
  fieldsOf<FileEntry>({ path: isText, size: isNumber, remark: optional(isText) }),
);

export const isRefusal: Guard<Refusal> = fieldsOf<Refusal>({ error: isText });

const isLiveError = fieldsOf<LiveError>({
  time: isNumber,
  process: isNumber,
  f: isText,
  node: optional(isText),
  ending: oneOf("f", "i"),
  text: isText,
});

export const isLiveRun: Guard<LiveRun> = fieldsOf<LiveRun>({
  id: isText,
  workload: isText,
  now: isNumber,
  timeLimit: isNumber,
  counts: fieldsOf<LiveRun["counts"]>({ ok: isNumber, fail: isNumber, info: isNumber, open: isNumber }),
  bins: isBins,
  faults: listOf(isFaultSpan),
  errors: listOf(isLiveError),
  problems: listOf(isText),
});

/** JSON of this shape; undefined when it is anything else. */
export function parsed<T>(json: string, guard: Guard<T>): T | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return guard(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
