/** Which messages are shown: the filters of the space-time diagram, all of which a message has to pass. */
import { isClient } from "../network/names.ts";
import type { MessageColumns, RunData } from "./run-data.ts";

export interface MessageFilter {
  /** Messages from or to one of these nodes or services, and their clients; everybody when it is empty. */
  readonly nodes: ReadonlySet<string>;
  /** Types that are not shown. */
  readonly hiddenTypes: ReadonlySet<string>;
  readonly traffic: TrafficChoice;
  /** Its body contains this, in capitals or not; everything does when it is empty. */
  readonly search: string;
  /** Only these rows. */
  readonly rows?: ReadonlySet<number>;
}

/** What kind of messages are shown. */
export const trafficChoices = ["all", "clients", "servers", "services", "lost", "errors"] as const;
export type TrafficChoice = (typeof trafficChoices)[number];

export const noFilter: MessageFilter = {
  nodes: new Set(),
  hiddenTypes: new Set(),
  traffic: "all",
  search: "",
};

/** Rows of the messages that pass, in their order. */
export function filterMessages(run: Pick<RunData, "nodes" | "messages">, filter: MessageFilter): Int32Array {
  const { src, dest, type, body, names, types } = run.messages;
  const mine = names.map((name) => filter.nodes.size === 0 || filter.nodes.has(name));
  const hidden = types.map((name) => filter.hiddenTypes.has(name));
  const isTraffic = trafficTest(run, filter.traffic);
  const search = filter.search.toLowerCase();
  const rows: number[] = [];
  for (let row = 0; row < src.length; row++) {
    const [from = -1, to = -1] = [src[row], dest[row]];
    if (hidden[type[row] ?? -1] || !(mine[from] || mine[to]) || !isTraffic(row)) continue;
    if (filter.rows && !filter.rows.has(row)) continue;
    if (search !== "" && !(body[row] ?? "").toLowerCase().includes(search)) continue;
    rows.push(row);
  }
  return Int32Array.from(rows);
}

function trafficTest(
  { nodes, messages }: Pick<RunData, "nodes" | "messages">,
  choice: TrafficChoice,
): (row: number) => boolean {
  const { src, dest, names, fate } = messages;
  const either =
    (is: readonly boolean[]) =>
    (row: number): boolean =>
      (is[src[row] ?? -1] ?? false) || (is[dest[row] ?? -1] ?? false);
  const withClient = either(names.map(isClient));
  switch (choice) {
    case "all":
      return () => true;
    case "clients":
      return withClient;
    case "servers":
      return (row) => !withClient(row);
    case "services": {
      const known = new Set(nodes);
      return either(names.map((name) => !known.has(name) && !isClient(name)));
    }
    case "lost":
      return (row) => isLost(fate[row]);
    case "errors":
      return (row) => isError(messages, row);
  }
}

/** @param fate one letter, as in the column of that name */
export function isLost(fate: string | undefined): boolean {
  return fate !== "a" && fate !== "u";
}

/** Whether it says that something went wrong. */
export function isError({ type, types }: MessageColumns, row: number): boolean {
  return types[type[row] ?? -1] === "error";
}

/** How many messages have each type, most frequent first. */
export function typeCounts({ type, types }: MessageColumns): { type: string; count: number }[] {
  const counts = types.map((name) => ({ type: name, count: 0 }));
  for (const index of type) {
    const entry = counts[index];
    if (entry) entry.count++;
  }
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
}
