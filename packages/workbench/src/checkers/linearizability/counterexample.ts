/** What is wrong with a history that is not linearizable: the operation that fits nowhere, and what stands against it. */
import type { Operation } from "../../history/operation.ts";
import { carriedBy } from "../words.ts";
import type { Call, Calls } from "./calls.ts";
import { type Model, plain } from "./model.ts";
import { describeOperation } from "./models.ts";
import type { Possibility } from "./search.ts";

/** The end of an operation up to which there is no order, though there is one of all that went before. */
export interface Counterexample {
  /** The entry of the history that ends the shortest such prefix. */
  readonly op: unknown;
  /** What ended ok before it, most lately. */
  readonly "previous-ok"?: unknown;
  /** Its words. */
  readonly explanation: readonly string[];
}

/** So many possibilities and operations are told. */
const told = 4;

export function explain(
  model: Model,
  calls: Calls,
  at: number,
  possible: readonly Possibility[],
): Counterexample {
  const failing = calls.calls[calls.events[at]?.call ?? -1];
  if (failing === undefined) return { op: null, explanation: [] };
  const ended = endedBefore(calls, at);
  const previous = ended.at(-1);
  return {
    op: entryOf(failing.completion, failing),
    ...(previous && { "previous-ok": entryOf(previous.completion, previous) }),
    explanation: [
      `no order of the operations explains ${tell(failing)}`,
      ...possible.slice(0, told).map((each) => tellPossibility(model, failing, each)),
      ...(possible.length > told
        ? [`and ${possible.length - told} more possibilities, none of which it fits`]
        : []),
      ...tellSource(model, failing, ended),
    ],
  };
}

/** An operation in words, with who did it, where and when. */
export function tell({ operation, invocation, completion }: Call): string {
  const { process, node } = invocation ?? completion ?? {};
  const who = `process ${process}${node === undefined ? "" : ` on ${node}`}`;
  return `${describeOperation(operation)} by ${who}, ${when(invocation, completion)}`;
}

/** An operation under way in words. */
function tellOpen({ operation, invocation, completion }: Call): string {
  const since = invocation === undefined ? "" : ` since ${moment(invocation, completion)}`;
  return `${describeOperation(operation)} of process ${(invocation ?? completion)?.process}${since}`;
}

/** An entry of the history with the value that it has for the object alone. */
export function entryOf(entry: Operation | undefined, { operation }: Call): unknown {
  if (entry === undefined) return null;
  const { index, time, type, process, f, node } = entry;
  return {
    process,
    type,
    f,
    value: plain(operation.value) ?? null,
    index,
    time,
    ...(node !== undefined && { node }),
  };
}

function when(invocation: Operation | undefined, completion: Operation | undefined): string {
  const from =
    invocation === undefined ? "from before the beginning" : `from ${moment(invocation, completion)}`;
  const carried = carriedBy(completion?.messages);
  if (completion?.type === "ok") return `${from} to ${moment(completion)}${carried}`;
  return `${from} on${carried}, and nobody knows whether it happened`;
}

/** When an entry was; by its place in the history if that has no times. */
function moment({ time, index }: Operation, later?: Operation): string {
  const isTimed = time !== 0 || (later?.time ?? 0) !== 0;
  return isTimed ? `${(time / 1e9).toFixed(3)} s` : `entry ${index}`;
}

function endedBefore({ calls, events }: Calls, at: number): readonly Call[] {
  return events.slice(0, at).flatMap(({ call, ends }) => {
    const ended = calls[call];
    return ends && ended !== undefined ? [ended] : [];
  });
}

function tellPossibility(model: Model, failing: Call, { state, path, open }: Possibility): string {
  const words = model.describe?.(state) ?? JSON.stringify(plain(state));
  const last = path.at(-1);
  const because = last === undefined ? "as at the start" : `after ${tell(last.call)}`;
  const others = open.filter((call) => call !== failing);
  const shown = others.slice(0, told).map(tellOpen);
  if (others.length > told) shown.push(`${others.length - told} more`);
  const meanwhile =
    others.length === 0 ? "" : `; ${shown.join(", ")} could have come in between, and would not have helped`;
  return `the ${model.name} could be ${words}, ${because}${meanwhile}`;
}

/** The last operations after which the failing one would have fitted, and why it was too late for them. */
function tellSource(model: Model, failing: Call, ended: readonly Call[]): readonly string[] {
  const needed = model.needs?.(failing.operation);
  if (needed === undefined || model.overwrites?.(failing.operation)) return [];
  const makes = ({ operation }: Call): boolean =>
    !model.changesNothing?.(operation) &&
    statesNeededBy(model, operation).some((state) =>
      model.step(state, operation).some((to) => model.key(to) === needed),
    );
  const source = ended.findLast(makes);
  const atStart = model.key(model.initial) === needed;
  if (source === undefined && !atStart) return ["nothing that had ended by then had made it so"];
  const begin = failing.invocation?.index ?? -1;
  const end = source === undefined ? -1 : (source.completion?.index ?? Number.POSITIVE_INFINITY);
  const isBetween = (call: Call): boolean =>
    (call.invocation?.index ?? -1) > end && (call.completion?.index ?? Number.POSITIVE_INFINITY) < begin;
  const rulesOut = ({ operation }: Call): boolean =>
    model.overwrites?.(operation) ||
    !model.changesNothing?.(operation) ||
    model.needs?.(operation) !== needed;
  const between = ended.findLast((call) => isBetween(call) && !makes(call) && rulesOut(call));
  const what = `it would have fitted ${source === undefined ? "at the start" : `after ${tell(source)}`}`;
  return [between === undefined ? what : `${what}; but then came ${tell(between)}, before it began`];
}

/** A state in which an operation fits, as far as that can be told. */
function statesNeededBy(
  model: Model,
  { f, value }: { readonly f: string; readonly value: unknown },
): readonly unknown[] {
  const needs = model.needs?.({ f, value });
  const candidates = [model.initial, value, ...(Array.isArray(value) ? value : [])];
  return candidates.filter((state) => model.overwrites?.({ f, value }) || model.key(state) === needs);
}
