/** Events: ends of operations on logs, as little of each as the checker has to remember of it. */
import type { Operation, OperationType, Process } from "../../history/operation.ts";

/** How an operation ended; of one that has not ended yet, how it began (its type is `invoke` then). */
export interface Event {
  readonly index: number;
  /** ns */
  readonly time: number;
  readonly type: OperationType;
  readonly process: Process;
  readonly f: string;
  readonly node?: string;
  readonly messages?: readonly number[];
  /** The index and the time (ns) of its invocation. */
  readonly invoked: { readonly index: number; readonly time: number };
}

/** What is to be remembered of an operation. */
export function eventOf(
  { index, time, type, process, f, node, messages }: Operation,
  invocation: Operation,
): Event {
  const invoked = { index: invocation.index, time: invocation.time };
  const known = { ...(node !== undefined && { node }), ...(messages && { messages }) };
  return { index, time, type, process, f, ...known, invoked };
}
