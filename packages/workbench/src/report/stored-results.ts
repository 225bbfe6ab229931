/** `results.json`, read again: whether it holds what can be put into words. */
import type { ExceptionCount, Exceptions } from "../checkers/exceptions.ts";
import type { Results } from "../checkers/judge.ts";
import type { Net } from "../checkers/net.ts";
import { type Conduct, isProblemCount } from "../checkers/nodes.ts";
import type { Counts, Stats } from "../checkers/stats.ts";
import type { Verdict } from "../checkers/verdict.ts";
import { isOperation, type Operation } from "../history/operation.ts";
import { isObject } from "../network/message.ts";

/** What its fields hold that nobody puts into words is taken on trust. */
export function isResults(value: unknown): value is Results {
  if (!isVerdict(value)) return false;
  const parts: Readonly<Record<string, (part: unknown) => boolean>> = {
    perf: isDrawn,
    timeline: isDrawn,
    exceptions: isExceptions,
    stats: isStats,
    availability: (part) => isVerdict(part) && hasNumbers(part, ["ok-fraction"]),
    net: isNet,
    nodes: isConduct,
    workload: isVerdict,
    interrupted: (part) => isVerdict(part) && "reason" in part && typeof part.reason === "string",
  };
  return Object.entries(value).every(([name, part]) => part === undefined || (parts[name]?.(part) ?? true));
}

function isVerdict(value: unknown): value is Verdict {
  if (!isObject(value)) return false;
  const { "valid?": valid, explanation = [] } = value;
  const isText = (line: unknown): boolean => typeof line === "string";
  return (
    (valid === true || valid === false || valid === "unknown") &&
    Array.isArray(explanation) &&
    explanation.every(isText)
  );
}

function isDrawn(value: unknown): boolean {
  return isVerdict(value) && (!("error" in value) || typeof value.error === "string");
}

function hasNumbers(value: object, names: readonly string[]): boolean {
  const fields = new Map<string, unknown>(Object.entries(value));
  return names.every((name) => typeof fields.get(name) === "number");
}

function isCounts(value: unknown): value is Counts {
  return isVerdict(value) && hasNumbers(value, ["count", "ok-count", "fail-count", "info-count"]);
}

function isStats(value: unknown): value is Stats {
  if (!isCounts(value) || !("by-f" in value) || !isObject(value["by-f"])) return false;
  return Object.values(value["by-f"]).every(isCounts);
}

function isExceptions(value: unknown): value is Exceptions {
  if (!isVerdict(value)) return false;
  const exceptions = "exceptions" in value ? value.exceptions : [];
  return Array.isArray(exceptions) && exceptions.every(isExceptionCount);
}

function isExceptionCount(value: unknown): value is ExceptionCount {
  if (!isObject(value) || typeof value.count !== "number" || !isOperation(value.example)) return false;
  const { messages = [], error }: Partial<Record<keyof Operation, unknown>> = value.example;
  const isSaid = error === undefined || (isObject(error) && typeof error.message === "string");
  return isSaid && Array.isArray(messages);
}

function isNet(value: unknown): value is Net {
  if (!isVerdict(value) || !("all" in value) || !isObject(value.all)) return false;
  return hasNumbers(value.all, ["send-count", "recv-count", "msg-count"]);
}

function isConduct(value: unknown): value is Conduct {
  if (!isVerdict(value)) return false;
  const problems = "problems" in value ? value.problems : [];
  return Array.isArray(problems) && problems.every(isProblemCount);
}
