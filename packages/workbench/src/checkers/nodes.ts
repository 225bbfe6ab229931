/** The nodes' conduct: what they did that the protocol forbids. The original logs some of it and calls the run good. */
import { isProblem, type Problem } from "../nodes/problem.ts";
import type { Verdict } from "./verdict.ts";

export interface Conduct extends Verdict {
  readonly problems?: readonly ProblemCount[];
}

/** The first problem of its kind with one node, and how often there was such a one. */
export interface ProblemCount extends Problem {
  readonly count: number;
}

/** Whether a value that was read from a file is a problem and its count. */
export function isProblemCount(value: unknown): value is ProblemCount {
  return isProblem(value) && "count" in value && typeof value.count === "number";
}

/** Gathers problems as they come: one entry for each node and kind, so that memory does not grow with their number. */
export class ProblemLog {
  readonly #first = new Map<string, { readonly problem: Problem; count: number }>();

  /** Whether this is the first of its kind with that node. */
  add(problem: Problem): boolean {
    const key = `${problem.node} ${problem.kind}`;
    const entry = this.#first.get(key);
    if (entry !== undefined) entry.count++;
    else this.#first.set(key, { problem, count: 1 });
    return entry === undefined;
  }

  verdict(): Conduct {
    if (this.#first.size === 0) return { "valid?": true };
    const problems = [...this.#first.values()].map(({ problem, count }) => ({ ...problem, count }));
    return { "valid?": false, problems };
  }
}
