import { expect, expectTypeOf, it } from "vitest";
import type { RPCOptions } from "./calls.ts";
import { RPCError } from "./errors.ts";
import { LinKV, LWWKV, SeqKV } from "./kv.ts";
import { testNetwork } from "./testing.ts";
import { LinTSO } from "./tso.ts";

function code(error: RPCError): number {
  return error.code;
}

it.each([
  ["lin-kv", LinKV],
  ["seq-kv", SeqKV],
  ["lww-kv", LWWKV],
])("speaks the protocol of %s", async (service, KV) => {
  const net = testNetwork();
  const kv = new KV<number>(net.client());
  expect(await kv.read("k").catch(code)).toBe(20);
  expect(await kv.readOr("k", "none")).toBe("none");
  expect(await kv.compareAndSwap("k", 1, 2).catch(code)).toBe(20);
  await kv.compareAndSwap("k", 1, 2, { createIfNotExists: true });
  await kv.compareAndSwap("k", 2, 3);
  expect(await kv.compareAndSwap("k", 2, 4).catch(code)).toBe(22);
  await kv.write(7, 5);
  expect([await kv.read("k"), await kv.readOr(7, 0)]).toEqual([3, 5]);
  expect(await kv.update("k", (value = 0) => value * 2)).toBe(6);
  expect(await kv.update("new", async (value = 10) => value + 1)).toBe(11);
  const sent = net.messages.filter(({ dest }) => dest === service).map(({ body }) => body);
  expect(sent.slice(0, 5)).toEqual([
    { type: "read", key: "k", msg_id: 1 },
    { type: "read", key: "k", msg_id: 2 },
    { type: "cas", key: "k", from: 1, to: 2, msg_id: 3 },
    { type: "cas", key: "k", from: 1, to: 2, create_if_not_exists: true, msg_id: 4 },
    { type: "cas", key: "k", from: 2, to: 3, msg_id: 5 },
  ]);
  expectTypeOf(kv.read("k")).toEqualTypeOf<Promise<number>>();
  expectTypeOf(kv.readOr("k", null)).toEqualTypeOf<Promise<number | null>>();
});

it("loses no update to another one", async () => {
  const net = testNetwork({ latency: 3 });
  const kvs = Array.from({ length: 5 }, () => new LinKV<number>(net.client()));
  const updates = kvs.flatMap((kv) =>
    Array.from({ length: 20 }, () => kv.update("sum", (sum = 0) => sum + 1)),
  );
  const values = await Promise.all(updates);
  expect(new Set(values).size).toBe(100);
  expect(await kvs[0]?.read("sum")).toBe(100);
});

it("does not take a lost reply for a lost race: an update that may have happened is not done again", async () => {
  const net = testNetwork();
  const kv = new LinKV<number>(net.client());
  await kv.write("sum", 1);
  const heal = net.drop(({ body }) => body.type === "cas_ok");
  const update = kv.update("sum", (sum = 0) => sum + 1).catch(code);
  await net.advance(5000);
  expect(await update).toBe(0);
  heal();
  expect(await kv.read("sum")).toBe(2);
});

it("passes on how long to wait, and whether to send again", async () => {
  const net = testNetwork();
  const kv = new SeqKV(net.client());
  const heal = net.drop(({ dest }) => dest === "seq-kv");
  const [impatient, patient] = [kv.read("k", { timeout: 10 }).catch(code), kv.write("k", 1, { retry: true })];
  await net.advance(100);
  expect(await impatient).toBe(0);
  heal();
  await net.advance(200);
  await patient;
  expect(await kv.read("k")).toBe(1);
});

it("gets timestamps that grow", async () => {
  const net = testNetwork();
  const [one, other] = [new LinTSO(net.client()), new LinTSO(net.client())];
  expect([await one.next(), await other.next({ timeout: 10 }), await one.next()]).toEqual([0, 1, 2]);
});

it("hands out a value that may be changed in place", async () => {
  const net = testNetwork();
  const kv = new LinKV<number[]>(net.client());
  const push = (number: number) =>
    kv.update("list", (list = []) => {
      list.push(number);
      return list;
    });
  await push(1);
  expect(await push(2)).toEqual([1, 2]);
  expect(await kv.read("list")).toEqual([1, 2]);
});

it("never sends a compare-and-swap again, whatever it is told", async () => {
  const net = testNetwork();
  const kv = new LinKV<number>(net.client());
  await kv.write("sum", 1);
  net.drop(({ body }) => body.type === "cas_ok");
  const options: RPCOptions = { retry: true, timeout: 4000 };
  // @ts-expect-error there is no retry
  const update = kv.update("sum", (sum = 0) => sum + 1, options).catch(code);
  await net.advance(4000);
  expect(await update).toBe(0);
  expect(net.messages.filter(({ body }) => body.type === "cas")).toHaveLength(1);
});

it("creates in an update only what it did not find, and gives up where a service creates nothing", async () => {
  const net = testNetwork();
  net.start("lww-kv", (node) => {
    node.handle("read", () => {
      throw RPCError.keyDoesNotExist("none");
    });
    node.handle("cas", () => {
      throw RPCError.keyDoesNotExist("none");
    });
  });
  const client = net.client();
  expect(await new LWWKV<number>(client).update("k", () => 1).catch(code)).toBe(20);
  expect(net.messages.filter(({ body }) => body.type === "cas").map(({ body }) => body)).toEqual([
    { type: "cas", key: "k", from: null, to: 1, create_if_not_exists: true, msg_id: 2 },
  ]);
  const kv = new LinKV<number | null>(client);
  await kv.write("k", null);
  await kv.update("k", (value) => (value === null ? 1 : 2));
  expect(net.messages.at(-2)?.body).toEqual({ type: "cas", key: "k", from: null, to: 1, msg_id: 5 });
});

it("reads again in an update when messages are lost", async () => {
  const net = testNetwork();
  const kv = new LinKV<number>(net.client());
  const heal = net.drop(({ body }) => body.type === "read");
  const update = kv.update("sum", (sum = 0) => sum + 1);
  await net.advance(100);
  heal();
  await net.advance(100);
  expect(await update).toBe(1);
  net.drop(({ body }) => body.type === "read");
  const lost = kv.update("sum", (sum = 0) => sum + 1).catch(code);
  await net.advance(5000);
  expect(await lost).toBe(0);
});
