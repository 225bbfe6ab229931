/** Nodes as processes that use the services of the workbench. */
import { expect, it } from "vitest";
import { eddy, node } from "./eddy.ts";

it("answers nodes that ask services, and lets the network's latency lie between them", async () => {
  const { code, stderr, lines, results, leftBehind } = await eddy(
    ...["test", "-w", "echo", "--bin", node("uses-services.mjs"), "--node-count", "2", "--seed", "1"],
    ...["--time-limit", "2", "--rate", "20", "--latency", "5", "--concurrency", "2n"],
  );
  expect([code, leftBehind, stderr.includes("✗")]).toEqual([0, [], false]);
  const { ts = 0, write_ok = 0, read_ok = 0 } = byType(results().net);
  expect(ts).toBeGreaterThan(10);
  expect([write_ok, read_ok]).toEqual([ts, ts]);
  const sentAt = new Map<unknown, number>();
  for (const { event, id, src, dest, time } of lines("messages.jsonl")) {
    if (!/^lin-/.test(String(src)) && !/^lin-/.test(String(dest))) continue;
    if (event === "send") sentAt.set(id, Number(time));
    else expect(Number(time) - (sentAt.get(id) ?? 0)).toBeGreaterThanOrEqual(5_000_000);
  }
  expect(sentAt.size).toBe(6 * ts);
});

/** How often servers sent a message of each type, by results. */
function byType(net: unknown): Record<string, number> {
  if (typeof net !== "object" || net === null || !("servers" in net)) return {};
  const { servers } = net;
  if (typeof servers !== "object" || servers === null || !("by-type" in servers)) return {};
  return Object.fromEntries(Object.entries(servers["by-type"] ?? {}).map(([type, n]) => [type, Number(n)]));
}
