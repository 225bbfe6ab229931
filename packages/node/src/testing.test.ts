import { expect, expectTypeOf, it } from "vitest";
import { RPCError } from "./errors.ts";
import { LinKV, SeqKV } from "./kv.ts";
import type { Node } from "./node.ts";
import { testNetwork } from "./testing.ts";
import { LinTSO } from "./tso.ts";

interface Echo {
  echo(request: { echo: unknown }): { type: "echo_ok"; echo: unknown };
}

class EchoServer {
  constructor(node: Node<Echo>) {
    node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
  }
}

/** Sends everything that it hears to all others. */
function gossip(node: Node): void {
  const heard: unknown[] = [];
  node.handle("tell", ({ body }) => {
    for (const peer of node.nodeIds)
      if (peer !== node.id) node.send(peer, { type: "gossip", word: body.word });
    return { type: "tell_ok" };
  });
  node.handle("gossip", ({ body }) => {
    heard.push(body.word);
  });
  node.handle("read", () => ({ type: "read_ok", heard }));
}

it("drives a server without a process", async () => {
  const net = testNetwork();
  net.start("n1", (node) => new EchoServer(node));
  const reply = await net.client().rpc("n1", { type: "echo", echo: 1 });
  expect(reply).toEqual({ type: "echo_ok", echo: 1, in_reply_to: 1 });
  const typed = await net.client<Echo>().rpc("n1", { type: "echo", echo: 2 });
  expectTypeOf(typed).toEqualTypeOf<{ type: "echo_ok"; echo: unknown }>();
  expect(net.messages.map(({ src, dest, body }) => [src, dest, body.type])).toEqual([
    ["c1", "n1", "echo"],
    ["n1", "c1", "echo_ok"],
    ["c2", "n1", "echo"],
    ["n1", "c2", "echo_ok"],
  ]);
});

it("tells each node of all that were started with it", async () => {
  const net = testNetwork();
  const nodes = ["n1", "n2", "n3"].map((name) => net.start(name, () => {}));
  net.client();
  await net.advance(0);
  expect(nodes.map(({ id }) => id)).toEqual(["n1", "n2", "n3"]);
  for (const { nodeIds } of nodes) expect(nodeIds).toEqual(["n1", "n2", "n3"]);
});

it("has a clock that only the test moves", async () => {
  const net = testNetwork();
  const ticks: number[] = [];
  net.start("n1", (node) => node.every(100, () => void ticks.push(net.now)));
  await net.advance(350);
  expect(ticks).toEqual([100, 200, 300]);
  expect(net.now).toBe(350);
  const lost = net.client().rpc("n1", { type: "unheard" }, { timeout: 50 });
  await expect(lost).rejects.toThrow("no handler");
});

it("delays messages between servers by its latency, and those of clients not at all", async () => {
  const net = testNetwork({ latency: 100 });
  for (const name of ["n1", "n2"]) net.start(name, gossip);
  const client = net.client();
  await client.rpc("n1", { type: "tell", word: "a" });
  await net.advance(99);
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: [] });
  await net.advance(1);
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: ["a"] });
});

it("drops messages until it is told to stop", async () => {
  const net = testNetwork();
  for (const name of ["n1", "n2"]) net.start(name, gossip);
  const client = net.client();
  const heal = net.drop(({ dest }) => dest === "n2");
  await client.rpc("n1", { type: "tell", word: "lost" });
  heal();
  await client.rpc("n1", { type: "tell", word: "heard" });
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: ["heard"] });
  expect(net.messages.filter(({ body }) => body.type === "gossip")).toHaveLength(2);
});

it("holds messages, and lets them go in any order", async () => {
  const net = testNetwork();
  for (const name of ["n1", "n2"]) net.start(name, gossip);
  const client = net.client();
  const held = net.hold(({ body }) => body.type === "gossip");
  for (const word of ["a", "b", "c", "d"]) await client.rpc("n1", { type: "tell", word });
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: [] });
  expect(held.messages.map(({ body }) => body.word)).toEqual(["a", "b", "c", "d"]);
  held.deliver(...held.messages.slice(0, 3).reverse());
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: ["c", "b", "a"] });
  held.release();
  await client.rpc("n1", { type: "tell", word: "e" });
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: ["c", "b", "a", "d", "e"] });
  const [message = expect.fail()] = net.messages;
  expect(() => held.deliver(message)).toThrow("not held");
});

it("stops a node, loses what it is sent, and starts it again with nothing in its memory", async () => {
  const net = testNetwork();
  for (const name of ["n1", "n2"]) net.start(name, gossip);
  const client = net.client();
  await client.rpc("n1", { type: "tell", word: "a" });
  await net.stop("n2");
  await client.rpc("n1", { type: "tell", word: "b" });
  net.start("n2", gossip);
  await client.rpc("n1", { type: "tell", word: "c" });
  expect(await client.rpc("n2", { type: "read" })).toMatchObject({ heard: ["c"] });
  await expect(net.stop("n3")).rejects.toThrow("no node n3");
});

it("says what is wrong with a test, or with the server", async () => {
  const net = testNetwork();
  net.start("n1", (node) => {
    node.handle("lost", () => node.send("n9", { type: "hello" }));
    node.handle("typeless", () => node.send("n1", {}));
  });
  expect(() => net.start("n1", () => {})).toThrow("there is a node n1 already");
  await expect(net.client().rpc("n1", { type: "lost" })).rejects.toThrow("no such node");
  await expect(net.client().rpc("n1", { type: "typeless" })).rejects.toThrow('no "type"');
  await expect(net.client().rpc("n9", { type: "hello" })).rejects.toThrow("no such node");
});

it("does not let a server that calls run() take the test's own stdin and stdout", async () => {
  const net = testNetwork();
  let run: Promise<void> | undefined;
  net.start("n1", (node) => {
    run = node.run();
  });
  await expect(run).rejects.toThrow("runs already");
});

it("has the services", async () => {
  const net = testNetwork({ latency: 10 });
  const node = net.start("n1", () => {});
  await net.advance(0);
  const work = async (): Promise<unknown[]> => {
    const kv = new SeqKV<number[]>(node);
    await kv.write("k", [1]);
    await kv.compareAndSwap("k", [1], [2]);
    const lost = await kv.compareAndSwap("k", [1], [3]).catch((error: RPCError) => error.code);
    const other = await new LinKV(node).readOr("k", "another store");
    const tso = new LinTSO(node);
    return [await kv.read("k"), lost, other, await tso.next(), await tso.next()];
  };
  const done = work();
  await net.advance(1000);
  expect(await done).toEqual([[2], 22, "another store", 0, 1]);
});

it("passes on what JSON has no numbers for", async () => {
  const net = testNetwork();
  net.start("n1", (node) => new EchoServer(node));
  const reply = await net.client<Echo>().rpc("n1", { type: "echo", echo: 2n ** 70n });
  expect(reply.echo).toBe(2n ** 70n);
  expect(RPCError.name).toBe("RPCError");
});

it("tells a node that is started again of the same cluster, in the same order, and of those that are down", async () => {
  const net = testNetwork();
  for (const name of ["n1", "n2", "n3"]) net.start(name, () => {});
  await net.advance(0);
  await net.stop("n1");
  await net.stop("n2");
  const node = net.start("n1", () => {});
  await net.advance(0);
  expect(node.nodeIds).toEqual(["n1", "n2", "n3"]);
});

it("keeps what was sent to a stopped node, or by it, from the one that is started in its place", async () => {
  const net = testNetwork({ latency: 100 });
  const heard: unknown[] = [];
  const hear = (node: Node): void => {
    node.handle("word", ({ body }) => void heard.push(body.word));
  };
  const old = net.start("n1", hear);
  net.start("n2", hear);
  await net.advance(0);
  old.send("n2", { type: "word", word: "in time" });
  await net.advance(100);
  old.send("n2", { type: "word", word: "too late" });
  await net.stop("n2");
  net.start("n2", hear);
  await net.stop("n1");
  net.start("n1", hear);
  old.send("n2", { type: "word", word: "from the past" });
  await net.advance(200);
  expect(heard).toEqual(["in time"]);
});

it("stops a service for good, and takes one that a test brings", async () => {
  const net = testNetwork();
  const kv = new LinKV(net.client());
  await kv.write("k", 1);
  await net.stop("lin-kv");
  const lost = kv.readOr("k", "nothing", { timeout: 10 }).catch((error: RPCError) => error.code);
  await net.advance(10);
  expect(await lost).toBe(0);
  net.start("lin-kv", (node) => node.handle("read", () => ({ type: "read_ok", value: "mine" })));
  expect(await kv.read("k")).toBe("mine");
});

it("survives what a test does wrong", async () => {
  const net = testNetwork();
  const fail = (): never => {
    throw new Error("a broken choice");
  };
  expect(() => net.start("n1", fail)).toThrow("a broken choice");
  net.start("n1", gossip);
  const heal = net.drop(fail);
  await expect(net.client().rpc("n1", { type: "read" })).rejects.toThrow("a broken choice");
  heal();
  for (const ms of [-1, Number.NaN]) await expect(net.advance(ms)).rejects.toThrow(RangeError);
  expect(await net.client().rpc("n1", { type: "read" })).toMatchObject({ heard: [] });
  const never = (): boolean => true;
  const [one, other] = [net.drop(never), net.drop(never)];
  one();
  const lost = net.client().rpc("n1", { type: "read" }, { timeout: 10 });
  void net.advance(10);
  await expect(lost).rejects.toThrow("within 10 ms");
  other();
  expect(await net.client().rpc("n1", { type: "read" })).toMatchObject({ heard: [] });
});

it("lets a stopped node say what its handlers have still to say, and then nothing", async () => {
  const net = testNetwork();
  let finish = (): void => {};
  const node = net.start("n1", (it) =>
    it.handle("slow", async () => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return { type: "slow_ok" };
    }),
  );
  const reply = net.client().rpc("n1", { type: "slow" });
  await net.advance(0);
  const stopped = net.stop("n1");
  finish();
  await stopped;
  expect(await reply).toMatchObject({ type: "slow_ok" });
  const sent = net.messages.length;
  node.send("c1", { type: "too_late" });
  expect(net.messages).toHaveLength(sent);
});
