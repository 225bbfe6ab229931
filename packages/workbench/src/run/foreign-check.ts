/** A history from elsewhere, judged: whether it is linearizable with regard to a model. */
import { LinearizabilityChecker } from "../checkers/linearizability/checker.ts";
import { models } from "../checkers/linearizability/models.ts";
import type { Operation } from "../history/operation.ts";
import type { ModelResults } from "../report/model-summary.ts";
import { readForeignHistory } from "../store/foreign-history.ts";

export interface ForeignCheckOptions {
  /** The name of a model, one of `modelNames`. */
  readonly model: string;
  /** What the model starts with, as JSON has it; null when nothing is known of it. */
  readonly initial?: unknown;
  /** s, for the judging; needs `now`. */
  readonly timeLimit?: number | undefined;
  /** A clock in ns. */
  readonly now?: (() => number) | undefined;
}

/** There is no model of that name. */
export class NoSuchModel extends Error {
  constructor(name: string) {
    super(`there is no model ${name}, but there are ${[...models.keys()].join(", ")}`);
    this.name = "NoSuchModel";
  }
}

export const modelNames: readonly string[] = [...models.keys()];

/**
 * Judges the history in a file: `history.jsonl`, `history.edn`, or a log of Jepsen's.
 *
 * @throws {UnreadableFile} when it cannot be read, or holds no history
 * @throws {NoSuchModel}
 */
export function checkForeignHistory(path: string, options: ForeignCheckOptions): ModelResults {
  const make = models.get(options.model);
  if (make === undefined) throw new NoSuchModel(options.model);
  const history = readForeignHistory(path);
  const checker = new LinearizabilityChecker({
    model: make(options.initial ?? null),
    keyed: options.model !== "multi-register" && isKeyed(history),
    timeLimit: options.timeLimit,
    now: options.now,
  });
  let count = 0;
  for (const operation of history) {
    if (operation.type === "invoke" && operation.process !== "nemesis") count++;
    checker.add(operation);
  }
  return { ...checker.verdict(), model: options.model, count };
}

/**
 * Whether each operation is on an object of its own, with `[key, value]` as value: Jepsen's independent keys. A history whose values
 * are pairs themselves cannot be told from one of these, unless its `cas` or its reads, which begin without a value, do.
 */
function isKeyed(history: readonly Operation[]): boolean {
  const begun = history.filter(({ type, process }) => type === "invoke" && process !== "nemesis");
  return (
    begun.length > 0 &&
    begun.every(
      ({ f, value }) =>
        isPair(value) && (f !== "cas" || isPair(value[1])) && (f !== "read" || !isPair(value[1])),
    )
  );
}

function isPair(value: unknown): value is readonly [unknown, unknown] {
  return Array.isArray(value) && value.length === 2;
}
