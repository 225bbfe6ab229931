/** The kafka server: several nodes, one log for each key, without holes and with nothing in it twice. */
import { RPCError } from "@eddy/node";
import { type AnyNode, type TestNetwork, testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type KafkaProtocol, KafkaServer } from "./server.ts";

const names = ["n1", "n2", "n3"];

function cluster(kv?: (node: AnyNode) => void): { net: TestNetwork; send: Send; poll: Poll; readOn: Poll } {
  const net = testNetwork({ latency: 1 });
  if (kv !== undefined) net.start("lin-kv", kv);
  for (const name of names) net.start(name, (node) => new KafkaServer(node));
  const client = net.client<KafkaProtocol>();
  const send: Send = async (name, msg) => {
    const reply = client.rpc(name, { type: "send", key: "k", msg });
    await net.advance(1000);
    return (await reply).offset;
  };
  const poll: Poll = async (name, offset) => {
    const reply = client.rpc(name, { type: "poll", offsets: { k: offset } });
    await net.advance(1000);
    return (await reply).msgs.k ?? [];
  };
  const readOn: Poll = async (name, offset) => {
    const messages = await poll(name, offset);
    return messages.length === 0 ? [] : [...messages, ...(await readOn(name, offset + messages.length))];
  };
  return { net, send, poll, readOn };
}
type Send = (name: string, msg: unknown) => Promise<number>;
type Poll = (name: string, offset: number) => Promise<readonly (readonly [number, unknown])[]>;

it("gives out offsets one after the other, whichever node is asked", async () => {
  const { send, readOn } = cluster();
  expect(await send("n1", "a")).toBe(0);
  expect(await send("n2", "b")).toBe(1);
  expect(await send("n2", "c")).toBe(2);
  expect(await send("n1", "d")).toBe(3);
  for (const name of names) {
    expect(await readOn(name, 1)).toEqual([
      [1, "b"],
      [2, "c"],
      [3, "d"],
    ]);
    expect(await readOn(name, 4)).toEqual([]);
  }
});

it("shows what is new to somebody who has read to the end", async () => {
  const { send, poll } = cluster();
  await send("n1", "a");
  expect(await poll("n2", 0)).toEqual([[0, "a"]]);
  await send("n1", "b");
  expect(await poll("n2", 1)).toEqual([[1, "b"]]);
});

it("puts messages that are sent at once one behind the other, also equal ones and null", async () => {
  const { net, readOn } = cluster();
  const client = net.client<KafkaProtocol>();
  const messages = [1, 1, null, 2, "x", { deep: [1] }, 1, 3, null];
  const sent = messages.map((msg, i) =>
    client.rpc(names[i % 3] ?? "", { type: "send", key: "k", msg }).then(({ offset }) => [offset, msg]),
  );
  await net.advance(1000);
  const acknowledged = (await Promise.all(sent)).sort(([a], [b]) => Number(a) - Number(b));
  expect(acknowledged.map(([offset]) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  for (const name of names) expect(await readOn(name, 0)).toEqual(acknowledged);
});

it("keeps logs apart, and what was committed from what is in them", async () => {
  const { net } = cluster();
  const client = net.client<KafkaProtocol>();
  const keys = ["k", "k/0", "log", "committed/k"];
  const committed = client.rpc("n1", { type: "commit_offsets", offsets: { k: 7, "k/0": 8 } });
  await net.advance(1000);
  await committed;
  const sent = keys.map((key) => client.rpc("n1", { type: "send", key, msg: key }));
  await net.advance(1000);
  expect((await Promise.all(sent)).map(({ offset }) => offset)).toEqual([0, 0, 0, 0]);
});

it("asks lin-kv once for each message, and remembers what it has seen", async () => {
  const { net, send, poll } = cluster();
  const asked = (name: string): number =>
    net.messages.filter(({ src, dest }) => src === name && dest === "lin-kv").length;
  for (let i = 0; i < 30; i++) await send("n1", i);
  expect(asked("n1")).toBe(30);
  expect(await poll("n1", 10)).toHaveLength(20);
  expect(asked("n1")).toBe(30);
  // 1 + 2 + 4 + 8 + 16 are 31: that many at once, so that five times back and forth are enough.
  const reply = net.client<KafkaProtocol>().rpc("n3", { type: "poll", offsets: { k: 0 } });
  await net.advance(10);
  expect((await reply).msgs.k).toHaveLength(30);
  expect(asked("n3")).toBe(31);
  expect(await poll("n3", 29)).toHaveLength(1);
  expect(asked("n3")).toBe(31);
});

/** The service on a network that delivers each compare-and-swap twice, and the second answer first. */
function twice(node: AnyNode): void {
  const values = new Map<unknown, unknown>();
  node.handle("read", ({ body: { key } }) => {
    if (!values.has(key)) throw RPCError.keyDoesNotExist("");
    return { type: "read_ok", value: values.get(key) };
  });
  node.handle("cas", ({ body: { key, to } }) => {
    if (!values.has(key)) values.set(key, to);
    throw RPCError.preconditionFailed("");
  });
}

it("appends once, when the network delivers the request twice and the refusal comes first", async () => {
  const { send, readOn } = cluster(twice);
  expect(await send("n1", "a")).toBe(0);
  expect(await send("n2", "a")).toBe(1);
  for (const name of names)
    expect(await readOn(name, 0)).toEqual([
      [0, "a"],
      [1, "a"],
    ]);
});

it("remembers in every node how far a log was read, and never goes back", async () => {
  const { net } = cluster();
  const client = net.client<KafkaProtocol>();
  const commit = async (name: string, offsets: Record<string, number>): Promise<void> => {
    const done = client.rpc(name, { type: "commit_offsets", offsets });
    await net.advance(1000);
    await done;
  };
  const list = async (name: string, keys: string[]): Promise<unknown> => {
    const listed = client.rpc(name, { type: "list_committed_offsets", keys });
    await net.advance(1000);
    return (await listed).offsets;
  };
  expect(await list("n1", ["a", "b"])).toEqual({});
  await commit("n1", { a: 0, b: 5 });
  await commit("n2", { b: 3 });
  await commit("n2", { a: 7 });
  for (const name of names) expect(await list(name, ["a", "b", "c"])).toEqual({ a: 7, b: 5 });
  expect(await list("n3", ["b"])).toEqual({ b: 5 });
});

it("finds everything again after a restart of all nodes", async () => {
  const { net, send, poll } = cluster();
  for (const msg of ["a", "b", "c", "d", "e", "f"]) await send("n1", msg);
  for (const name of names) await net.stop(name);
  for (const name of names) net.start(name, (node) => new KafkaServer(node));
  expect(await send("n1", "g")).toBe(6);
  expect((await poll("n2", 0)).map(([, msg]) => msg).join("")).toBe("abcdefg");
});

it("leaves it open whether a message was appended, when nobody says so", async () => {
  const { net, send } = cluster();
  await send("n1", "a");
  net.drop(({ dest, body }) => dest === "lin-kv" && body.type === "cas");
  const sent = net.client<KafkaProtocol>().rpc("n1", { type: "send", key: "k", msg: "b" }, { timeout: 9000 });
  void net.advance(6000);
  await expect(sent).rejects.toMatchObject({ code: 0 });
});
