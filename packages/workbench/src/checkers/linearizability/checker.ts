/**
 * Linearizability: whether each operation may have taken effect at one moment between its beginning and its end, so that
 * together they are what the model does. Objects with different keys are judged each on its own, which is as good.
 */
import type { Operation } from "../../history/operation.ts";
import type { Checker } from "../checker.ts";
import { type Validity, type Verdict, worst } from "../verdict.ts";
import { CallLog, type Calls } from "./calls.ts";
import { entryOf, explain } from "./counterexample.ts";
import { decide, type Limits, OutOfTime } from "./decide.ts";
import { type Key, keyOf, type Model, plain, UnknownOperation } from "./model.ts";
import { casRegister } from "./models.ts";
import type { Possibility } from "./search.ts";

export interface LinearizabilityOptions {
  /** What each object is; a `cas-register` without a value if nothing is said. */
  readonly model?: Model;
  /** Values are `[key, value]`, and each key has an object of its own. So it is if nothing is said. */
  readonly keyed?: boolean;
  /** s for all of the judging; needs `now`. */
  readonly timeLimit?: number | undefined;
  /** A clock in ns. */
  readonly now?: (() => number) | undefined;
  /** Configurations that are kept at once, at most. */
  readonly configurations?: number;
}

/** What was found about one object. As the original's, with what is marked as eddy's own. */
export interface ObjectVerdict extends Verdict {
  /** What was possible at the end; if not valid, right before the operation that fits nowhere. The first of them, if there are many. */
  readonly configs?: readonly unknown[];
  /** The ways to these: the last steps that changed the state, each with the state that it led to. */
  readonly "final-paths"?: readonly unknown[];
  /** The entry of the history that ends the shortest prefix which is not linearizable. */
  readonly op?: unknown;
  readonly "previous-ok"?: unknown;
  readonly "last-op"?: unknown;
  /** Why it is unknown. Eddy's own. */
  readonly reason?: string;
}

export interface LinearizabilityVerdict extends ObjectVerdict {
  /** For each key what was found, as text of JSON. */
  readonly results?: Readonly<
    Record<string, { readonly linearizable: ObjectVerdict; readonly "valid?": Validity }>
  >;
  /** The keys that are not linearizable. */
  readonly failures?: readonly unknown[];
  /** How many configurations might have been kept at once. Eddy's own. */
  readonly "config-limit": number;
}

/** About 100 bytes each. */
const defaultConfigurations = 20_000;
/** A minute or two, for one object. */
const steps = 10_000_000;
/** Configurations that are shown, and open operations of each. */
const shown = 10;
/** Configurations of an object that is linearizable: there may be thousands of objects. */
const shownValid = 2;
/** Keys whose faults are explained. */
const explained = 5;

/** Judges a history of operations on one object, or on one for each key. */
export class LinearizabilityChecker implements Checker<LinearizabilityVerdict> {
  readonly #options: LinearizabilityOptions;
  readonly #model: Model;
  readonly #keyed: boolean;
  readonly #logs = new Map<Key, { readonly key: unknown; readonly log: CallLog }>();
  /** Which object a process has to do with. */
  readonly #objects = new Map<Operation["process"], CallLog>();

  constructor(options: LinearizabilityOptions = {}) {
    this.#options = options;
    this.#model = options.model ?? casRegister(null);
    this.#keyed = options.keyed ?? true;
  }

  add(operation: Operation): void {
    const { process, type, value } = operation;
    if (process === "nemesis") return;
    let log = type === "invoke" ? undefined : this.#objects.get(process);
    if (log === undefined) {
      log = this.#logOf(this.#keyed && Array.isArray(value) ? value[0] : undefined);
      this.#objects.set(process, log);
    } else this.#objects.delete(process);
    log.add(operation);
  }

  verdict(): LinearizabilityVerdict {
    const limits = this.#limits();
    const limit = { "config-limit": limits.configurations };
    if (!this.#keyed) return { ...this.#judge(this.#logOf(undefined), limits), ...limit };
    const verdicts = [...this.#logs.values()].map(({ key, log }) => ({
      key,
      verdict: this.#judge(log, limits),
    }));
    const failing = verdicts.filter(({ verdict }) => verdict["valid?"] !== true);
    const words = failing.slice(0, explained).flatMap(({ key, verdict }) => {
      const [first = "", ...rest] = verdict.explanation ?? [verdict.reason ?? ""];
      return [`key ${JSON.stringify(plain(key))}: ${first}`, ...rest];
    });
    if (failing.length > explained) words.push(`… and ${failing.length - explained} more keys`);
    return {
      "valid?": worst(verdicts.map(({ verdict }) => verdict["valid?"])),
      results: Object.fromEntries(
        verdicts.map(({ key, verdict }) => [
          typeof key === "string" ? key : String(JSON.stringify(plain(key))),
          { linearizable: verdict, "valid?": verdict["valid?"] },
        ]),
      ),
      failures: failing.filter(({ verdict }) => verdict["valid?"] === false).map(({ key }) => plain(key)),
      ...limit,
      ...(words.length > 0 && { explanation: words }),
    };
  }

  #logOf(key: unknown): CallLog {
    const name = keyOf(key);
    let known = this.#logs.get(name);
    if (known === undefined) {
      known = { key, log: new CallLog() };
      this.#logs.set(name, known);
    }
    return known.log;
  }

  #limits(): Limits {
    const { timeLimit, now, configurations = defaultConfigurations } = this.#options;
    const end = timeLimit === undefined || now === undefined ? undefined : now() + timeLimit * 1e9;
    const time = (): void => {
      if (end !== undefined && now !== undefined && now() >= end)
        throw new OutOfTime(`it is not known after ${timeLimit} s`);
    };
    return { configurations, steps, time };
  }

  #judge(log: CallLog, limits: Limits): ObjectVerdict {
    const model = this.#model;
    let calls: Calls;
    try {
      limits.time();
      calls = log.calls(model, this.#keyed ? unwrap : (value) => value);
    } catch (error) {
      if (error instanceof UnknownOperation || error instanceof OutOfTime) return unknown(error.message);
      throw error;
    }
    const decision = decide(model, calls, limits);
    if (decision.kind === "unknown") return unknown(decision.reason);
    const { possible } = decision;
    if (decision.kind === "linearizable")
      return { "valid?": true, configs: configs(possible.slice(0, shownValid)), "final-paths": [] };
    const { explanation, ...evidence } = explain(model, calls, decision.at, possible);
    const last = possible[0]?.path.at(-1)?.call;
    return {
      "valid?": false,
      configs: configs(possible.slice(0, shown)),
      "final-paths": possible.slice(0, shown).map(({ path, state }) => [
        ...path.map((step) => ({
          op: entryOf(step.call.completion ?? step.call.invocation, step.call),
          model: plain(step.state),
        })),
        { op: evidence.op, model: { msg: `does not fit ${JSON.stringify(plain(state))}` } },
      ]),
      ...evidence,
      ...(last && { "last-op": entryOf(last.completion ?? last.invocation, last) }),
      explanation,
    };
  }
}

function unknown(reason: string): ObjectVerdict {
  return { "valid?": "unknown", reason, explanation: [reason] };
}

function configs(possible: readonly Possibility[]): readonly unknown[] {
  return possible.map(({ state, path, open }) => {
    const last = path.at(-1)?.call;
    return {
      model: plain(state),
      ...(last && { "last-op": entryOf(last.completion ?? last.invocation, last) }),
      pending: open.slice(0, shown).map((call) => entryOf(call.invocation, call)),
    };
  });
}

/** What a value of `[key, value]` says of the object with that key. */
function unwrap(value: unknown): unknown {
  return Array.isArray(value) ? value[1] : undefined;
}
