/**
 * The data of a run as pictures and pages take it: columns of numbers and short texts, small enough to travel inside a
 * page. `report/` reads it from the folder of a run; all that is drawn of a run is drawn from it. All times are ns since the
 * start of the run.
 */

/** A piece of time, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type RunState = "complete" | "running" | "unfinished";

export interface RunData {
  /** The shape of this data; pages of another version of eddy may find another. */
  readonly format: 1;
  /** `<workload>/<folder>`, its path in the store. */
  readonly id: string;
  readonly workload: string;
  /** What a valid verdict of this workload means, in words. */
  readonly meaning: string;
  /** When it began, as ISO 8601; absent when nothing says so. */
  readonly start?: string;
  readonly state: RunState;
  /** `true`, `false`, `unknown`; absent while nobody has judged it. */
  readonly valid?: true | false | "unknown";
  /** The options as `test.json` has them, the seed among them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Of eddy and of Node.js. */
  readonly versions: Readonly<Record<string, string>>;
  /** The parts of the results, in words. */
  readonly checks: readonly CheckInWords[];
  /** `results.json`, as it is. */
  readonly results?: Readonly<Record<string, unknown>>;
  /** When the last thing happened. */
  readonly end: number;
  /** Names of the nodes under test, in their order. */
  readonly nodes: readonly string[];
  readonly faults: readonly FaultSpan[];
  /** Made from all operations, also where `operations` has only some. */
  readonly bins: Bins;
  readonly operations: OperationColumns;
  readonly messages: MessageColumns;
  readonly logs: readonly NodeLog[];
}

/** One part of the results. */
export interface CheckInWords {
  readonly name: string;
  readonly valid: true | false | "unknown";
  /** What was found; the operations and messages that it names can be found with `mentions`. */
  readonly findings: readonly string[];
}

/** Something that went wrong on purpose, from when it was done until it was mended. */
export interface FaultSpan {
  /** `partition`, `kill`, `pause`, `loss`, `duplicate`, `reorder`, `slow`. */
  readonly fault: string;
  readonly from: number;
  /** Absent when it was never mended. */
  readonly to?: number;
  /** What was done, and to whom: "start-partition n0 n1 | n2 n3 n4". */
  readonly text: string;
}

/** How an operation ended: `o`k, `f`ail, `i`nfo, or `?`: it had not, when the run did. */
export type Ending = "o" | "f" | "i" | "?";

/** What there is of a long list: all of it, or pieces of time within which nothing is missing. */
export interface Part {
  /** How many there are in the run. */
  readonly total: number;
  /** Absent when the columns hold all of them. Outside these pieces they hold only what explanations mention. */
  readonly spans?: readonly Span[];
}

/** Operations of clients in the order of their beginnings, one column for each of their fields; all columns are equally long. */
export interface OperationColumns extends Part {
  /** The functions that occur; `f` refers to them. */
  readonly functions: readonly string[];
  /** Place of the invocation in the history. */
  readonly index: readonly number[];
  readonly start: readonly number[];
  /** -1 when it has none. */
  readonly end: readonly number[];
  /** One letter each. */
  readonly ending: string;
  readonly process: readonly number[];
  readonly f: readonly number[];
  /** Index into `nodes` of the run; -1 when nothing says which. */
  readonly node: readonly number[];
  /** What was asked, as JSON; cut off (with …) where it is long. */
  readonly asked: readonly string[];
  /** What came of it, as JSON; empty when it is the same or nothing came. */
  readonly answered: readonly string[];
  /** Why it did not end ok; empty when it did. */
  readonly error: readonly string[];
  /** The ids of its messages in the journal, as far as the history says. */
  readonly messages: readonly (readonly number[])[];
}

/** What became of a message: it `a`rrived, was lost by `l`oss, a `p`artition, because its receiver was `d`own or `f`ull; or was `u`nder way at the end. */
export type Fate = "a" | "l" | "p" | "d" | "f" | "u";

/** Messages in the order in which they were sent. One that arrives twice has two rows, with the same id. */
export interface MessageColumns extends Part {
  /** Names of all that sent or got messages: nodes, clients, services. `src` and `dest` refer to them. */
  readonly names: readonly string[];
  /** Types of bodies; `type` refers to them. A body without one has the type "". */
  readonly types: readonly string[];
  readonly id: readonly number[];
  readonly src: readonly number[];
  readonly dest: readonly number[];
  readonly type: readonly number[];
  readonly sent: readonly number[];
  /** When it arrived or was dropped; -1 when neither. */
  readonly arrived: readonly number[];
  /** Places of both events in the journal, to tell the order of what happened at the same time; -1 when there is none. */
  readonly sentOrder: readonly number[];
  readonly arrivedOrder: readonly number[];
  /** One letter each. */
  readonly fate: string;
  /** -1 when the body has none. */
  readonly msgId: readonly number[];
  readonly inReplyTo: readonly number[];
  /** The body as JSON; cut off (with …) where it is long. */
  readonly body: readonly string[];
}

/** What a node wrote to stderr. */
export interface NodeLog {
  readonly node: string;
  readonly lines: readonly string[];
  /** When each was written, as far as it says so itself: a line without a time has that of the line before, or -1. */
  readonly times: readonly number[];
  /** Lines that are left out in the middle, after `lines[leftOutAfter - 1]`. */
  readonly leftOut: number;
  readonly leftOutAfter: number;
}

/** The run in pieces of time of equal length, with what ended or began in each. */
export interface Bins {
  /** Where the first one begins, ns; 0 unless said. */
  readonly from?: number;
  /** ns */
  readonly width: number;
  /** The functions; each has a series. */
  readonly functions: readonly string[];
  readonly series: readonly BinSeries[];
}

/** One function's operations in each bin. An operation counts where it ended; one that did not end, nowhere. */
export interface BinSeries {
  readonly ok: readonly number[];
  readonly fail: readonly number[];
  readonly info: readonly number[];
  /** Latencies (ns) of those that began in the bin and ended ok: one list for each of `quantiles`; -1 in an empty bin. */
  readonly latencies: readonly (readonly number[])[];
}

/** The quantiles of `BinSeries.latencies`. */
export const quantiles = [0.5, 0.95, 0.99, 1] as const;
