/** Asks `n1` as many questions at once as `start` says, and tells what that cost: run it with --expose-gc. */
import { Node } from "@eddy/node";

const node = new Node();

/** Bytes of heap that are in use when there is nothing left to collect. */
async function heap(): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;

/** Returns how many replies were right, and how many timers there were while all of them were missing. */
async function ask(count: number): Promise<{ right: number; timers: number }> {
  const replies = Array.from({ length: count }, (_, echo) => node.rpc("n1", { type: "echo", echo }));
  const inFlight = timers();
  let right = 0;
  for (const [i, reply] of replies.entries()) if ((await reply).echo === i) right += 1;
  return { right, timers: inFlight };
}

node.handle("start", async ({ body }) => {
  // What is compiled and cached the first time is no leak.
  await ask(Number(body.count));
  const before = await heap();
  const begin = performance.now();
  const answers = await ask(Number(body.count));
  const ms = performance.now() - begin;
  return { type: "start_ok", ...answers, ms, leaked: (await heap()) - before };
});
node.run();
