import { getEventListeners } from "node:events";
import { expect, it } from "vitest";
import { Calls, type RPCOptions } from "./calls.ts";
import type { Clock } from "./clock.ts";
import { RPCError } from "./errors.ts";
import { testNetwork } from "./testing.ts";

/** A network with one client and a server that keeps every request; what the client's RPC comes to is an outcome. */
async function silentServer() {
  const net = testNetwork();
  const requests: { id: number | undefined; at: number; answer: (body: object) => void }[] = [];
  net.start("n1", (node) =>
    node.handle("ask", (request) => {
      const { src, body } = request;
      const answer = (reply: object): void => node.send(src, { ...reply, in_reply_to: body.msg_id });
      requests.push({ id: body.msg_id, at: net.now, answer });
    }),
  );
  const client = net.client();
  const ask = (options?: RPCOptions) => {
    const outcome: { settled?: unknown } = {};
    client.rpc("n1", { type: "ask" }, options).then(
      (reply) => {
        outcome.settled = reply;
      },
      (error) => {
        outcome.settled = error;
      },
    );
    return outcome;
  };
  await net.advance(0);
  return { net, requests, client, ask };
}

it("gives each RPC the reply to its own request, whatever their order", async () => {
  const { net, requests, ask } = await silentServer();
  const outcomes = [ask(), ask(), ask()];
  await net.advance(0);
  for (const { id, answer } of requests.toReversed()) answer({ type: "ask_ok", id });
  await net.advance(0);
  for (const [i, { settled }] of outcomes.entries())
    expect(settled).toMatchObject({ type: "ask_ok", id: requests[i]?.id });
  expect(new Set(requests.map(({ id }) => id)).size).toBe(3);
});

it("rejects with the error that came back", async () => {
  const { net, requests, ask } = await silentServer();
  const outcomes = [ask(), ask(), ask(), ask()];
  await net.advance(0);
  for (const [i, body] of [
    { code: 22, text: "no" },
    { code: 13 },
    { code: 1234, text: "mine" },
    { text: "no code" },
  ].entries())
    requests[i]?.answer({ type: "error", ...body });
  await net.advance(0);
  const errors = outcomes.map(({ settled }) => (settled instanceof RPCError ? settled : expect.fail()));
  expect(errors.map(({ code, definite }) => [code, definite])).toEqual([
    [22, true],
    [13, false],
    [1234, false],
    [13, false],
  ]);
  expect(errors.map(({ message }) => message)).toEqual([
    "no",
    "undefined",
    "mine",
    "an error came back without a code: 'no code'",
  ]);
});

it("times out, indefinitely, after 5,000 ms or as long as it is told, and takes no reply after that", async () => {
  const { net, requests, ask } = await silentServer();
  const [usual, short, endless] = [ask(), ask({ timeout: 70 }), ask({ timeout: Number.POSITIVE_INFINITY })];
  await net.advance(69);
  expect(short.settled).toBeUndefined();
  await net.advance(1);
  expect(short.settled).toMatchObject({ code: 0, definite: false });
  expect(String(short.settled)).toBe("RPCError: no reply to \"ask\" from 'n1' within 70 ms");
  await net.advance(4929);
  expect(usual.settled).toBeUndefined();
  await net.advance(1);
  expect(usual.settled).toMatchObject({ code: 0 });
  for (const { answer } of requests) answer({ type: "ask_ok" });
  await net.advance(1_000_000);
  expect(short.settled).toMatchObject({ code: 0 });
  expect(endless.settled).toMatchObject({ type: "ask_ok" });
});

it("takes the first of several replies", async () => {
  const { net, requests, ask } = await silentServer();
  const outcome = ask();
  await net.advance(0);
  requests[0]?.answer({ type: "first" });
  requests[0]?.answer({ type: "second" });
  await net.advance(0);
  expect(outcome.settled).toMatchObject({ type: "first" });
});

it("sends again, under the same id, after pauses that grow, until a reply comes", async () => {
  const { net, requests, ask } = await silentServer();
  const outcome = ask({ retry: true });
  await net.advance(20_000);
  expect(requests.slice(0, 7).map(({ at }) => at)).toEqual([0, 200, 600, 1400, 3000, 5000, 7000]);
  expect(new Set(requests.map(({ id }) => id)).size).toBe(1);
  expect(outcome.settled).toBeUndefined();
  requests[0]?.answer({ type: "ask_ok" });
  await net.advance(20_000);
  expect(outcome.settled).toMatchObject({ type: "ask_ok" });
  expect(requests).toHaveLength(13);
});

it("sends again as it is told, and takes codes 0 and 11 for no reply, but all others for one", async () => {
  const { net, requests, ask } = await silentServer();
  const outcome = ask({ retry: { first: 10, longest: 15 } });
  for (const code of [0, 11, 11]) {
    await net.advance(0);
    requests.at(-1)?.answer({ type: "error", code, text: "not now" });
    await net.advance(15);
  }
  expect(requests.map(({ at }) => at)).toEqual([0, 10, 25, 40]);
  requests.at(-1)?.answer({ type: "error", code: 13, text: "crash" });
  await net.advance(0);
  expect(outcome.settled).toMatchObject({ code: 13 });
  const bounded = ask({ retry: true, timeout: 500 });
  await net.advance(500);
  expect(bounded.settled).toMatchObject({ code: 0 });
});

it("spreads the pauses from 3/4 to 5/4", () => {
  const pauses: number[] = [];
  for (const chance of [0, 0.999]) {
    const clock: Clock = {
      now: () => 0,
      after(ms) {
        pauses.push(ms);
        return () => {};
      },
    };
    void new Calls(clock, () => chance).call("it", () => {}, { retry: { first: 1000 } });
  }
  expect(pauses).toEqual([750, expect.closeTo(1249.5)]);
});

it("gives up when its signal is aborted, and rejects with the reason", async () => {
  const { net, requests, ask } = await silentServer();
  const controller = new AbortController();
  const { signal } = controller;
  const outcomes = [ask({ signal, retry: true }), ask({ signal })];
  await net.advance(250);
  expect(requests).toHaveLength(3);
  controller.abort(new Error("enough"));
  await net.advance(10_000);
  for (const { settled } of outcomes) expect(settled).toMatchObject({ message: "enough" });
  expect(requests).toHaveLength(3);
  const late = ask({ signal });
  await net.advance(0);
  expect(late.settled).toMatchObject({ message: "enough" });
  expect(requests).toHaveLength(3);
});

it("listens to a signal once, however many RPCs share it", async () => {
  const { net, requests, ask } = await silentServer();
  const controller = new AbortController();
  const { signal } = controller;
  const outcomes = Array.from({ length: 20 }, () => ask({ signal }));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await net.advance(0);
  for (const { answer } of requests.slice(0, 10)) answer({ type: "ask_ok" });
  await net.advance(0);
  controller.abort("enough");
  await net.advance(0);
  expect(outcomes.map(({ settled }) => (settled === "enough" ? 1 : 0)).join("")).toBe("00000000001111111111");
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

it("rejects at the end of the input what waits, and what comes later", async () => {
  const { net, client, ask } = await silentServer();
  const outcomes = [ask(), ask({ retry: true })];
  await net.stop("c1");
  for (const { settled } of outcomes) expect(settled).toMatchObject({ code: 0 });
  await expect(client.rpc("n1", { type: "ask" })).rejects.toThrow("the input has ended");
});

it("refuses options that make no sense", async () => {
  const { client } = await silentServer();
  for (const timeout of [0, -1, Number.NaN, 2 ** 31, JSON.parse('"5"')])
    await expect(client.rpc("n1", { type: "ask" }, { timeout })).rejects.toThrow(RangeError);
  for (const retry of [{ first: 0 }, { longest: Number.NaN }])
    await expect(client.rpc("n1", { type: "ask" }, { retry })).rejects.toThrow(RangeError);
  await expect(client.rpc("n1", JSON.parse("{}"))).rejects.toThrow(TypeError);
  await expect(client.rpc(JSON.parse("1"), { type: "ask" })).rejects.toThrow(TypeError);
});

it("has one timer for all that waits", async () => {
  let now = 0;
  const timers = new Set<() => void>();
  const clock: Clock = {
    now: () => now,
    after(_, run) {
      timers.add(run);
      return () => timers.delete(run);
    },
  };
  const calls = new Calls(clock, Math.random);
  const outcomes = Array.from({ length: 1000 }, (_, i) => {
    now = i / 10;
    return calls
      .call("it", () => {}, { timeout: 1000 - (i % 10), retry: i % 2 === 0 })
      .catch((error) => error.code);
  });
  expect(timers.size).toBe(1);
  now = 2000;
  for (const run of timers) run();
  expect(await Promise.all(outcomes)).toEqual(outcomes.map(() => 0));
  timers.clear();
  const last = calls.call("it", () => {}, {}).catch((error) => error.code);
  expect(timers.size).toBe(1);
  calls.end();
  expect([timers.size, await last]).toEqual([0, 0]);
});

it("rejects with codes 0 and 11 when it does not send again", async () => {
  const { net, requests, ask } = await silentServer();
  const outcomes = [ask(), ask()];
  await net.advance(0);
  for (const [i, code] of [0, 11].entries()) requests[i]?.answer({ type: "error", code, text: "not now" });
  await net.advance(0);
  expect(outcomes.map(({ settled }) => settled)).toMatchObject([{ code: 0 }, { code: 11 }]);
});

it("rejects when sending fails, the first time or a later one", async () => {
  const net = testNetwork();
  const calls = new Calls({ now: () => net.now, after: () => () => {} }, () => 0.5);
  const fail = (): never => {
    throw new Error("no way out");
  };
  await expect(calls.call("it", fail, { retry: true })).rejects.toThrow("no way out");
});

it("does not complain at the end of what nobody waits for", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", note);
  const { net, client } = await silentServer();
  void client.rpc("n1", { type: "ask" }, { retry: true });
  await net.stop("c1");
  await net.advance(0);
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});
