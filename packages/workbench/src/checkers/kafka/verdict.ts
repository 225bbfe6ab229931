/** The verdict on logs: all that was found in them, summed up under the names of Jepsen's results. */
import { type Validity, type Verdict, worst } from "../verdict.ts";
import { type Anomaly, type AnomalyKind, allowed, kinds } from "./anomaly.ts";
import { evidence, type Found, worstOf } from "./evidence.ts";
import { explain, explainUnseen } from "./explain.ts";
import type { Findings } from "./find.ts";
import type { Lag } from "./lag.ts";
import type { Log } from "./log.ts";
import { type Unseen, unseenOf } from "./unseen.ts";

/** What was found. Each kind of anomaly that occurred has an entry, with how many there are and the worst of them. */
export interface KafkaVerdict extends Verdict, Readonly<Partial<Record<AnomalyKind, Found>>> {
  readonly "worst-realtime-lag": Lag;
  /** The kinds of anomalies that occurred and make the history invalid. */
  readonly "bad-error-types": readonly string[];
  /** The kinds of anomalies that occurred. */
  readonly "error-types": readonly string[];
  /** Why sends and polls ended `info`, each reason once. */
  readonly "info-txn-causes": readonly string[];
  /** The messages that were acknowledged and never polled. */
  readonly unseen?: Unseen;
}

export interface Evidence {
  readonly findings: readonly (Findings & { readonly log: Log })[];
  readonly lag: Lag;
  readonly causes: readonly string[];
  /** When the last send or poll ended ok, ns. */
  readonly lastTime: number;
  /** Whether clients have polled until they should have seen everything. */
  readonly allPolled: boolean;
}

/** Sums up what was found in all logs. */
export function sumUp({ findings, lag, causes, lastTime, allPolled }: Evidence): KafkaVerdict {
  const cases = byKind(findings.flatMap(({ anomalies }) => anomalies));
  const unseen = unseenOf(new Map(findings.map(({ log, unseen }) => [log.key, unseen])), lastTime);
  const types: string[] = [...cases.keys()];
  if (unseen !== undefined && allPolled) types.push("unseen");
  types.sort();
  const bad = types.filter((type) => !allowed.has(type));
  const valid: Validity = unseen === undefined || allPolled ? true : "unknown";
  const shown = new Map([...cases].map(([kind, all]) => [kind, worstOf(all)]));
  const entries = [...shown].map(([kind, some]) => {
    return [kind, { count: cases.get(kind)?.length, errs: some.map(evidence) }] as const;
  });
  const explanation = [
    ...inTurn([...shown].filter(([kind]) => !allowed.has(kind)).map(([, some]) => some)).map(explain),
    ...findings.flatMap(({ log, unseen }) => (unseen.length > 0 ? [explainUnseen(log.key, unseen)] : [])),
  ];
  return {
    "valid?": worst([valid, bad.length === 0]),
    "worst-realtime-lag": lag,
    "bad-error-types": bad,
    "error-types": types,
    "info-txn-causes": causes,
    ...Object.fromEntries(entries),
    ...(unseen && { unseen }),
    ...(explanation.length > 0 && { explanation }),
  };
}

/** The anomalies of each kind, in the order of the kinds. */
function byKind(anomalies: readonly Anomaly[]): Map<AnomalyKind, Anomaly[]> {
  const cases = new Map<AnomalyKind, Anomaly[]>(kinds.map((kind) => [kind, []]));
  for (const anomaly of anomalies) cases.get(anomaly.kind)?.push(anomaly);
  for (const [kind, all] of cases) if (all.length === 0) cases.delete(kind);
  return cases;
}

/** The first of each list, then the second of each, and so on: who reads only the beginning sees all kinds. */
function inTurn<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const rounds = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: rounds }, (_, round) =>
    lists.flatMap((list) => list.slice(round, round + 1)),
  ).flat();
}
