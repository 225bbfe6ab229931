/** The broadcast server on networks that lose messages: everybody hears everything, and nobody is told more than needed. */
import { type TestNetwork, testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type BroadcastProtocol, BroadcastServer } from "./server.ts";

/** n1 - n2 - n3, and n4 in a ring with n2 and n3. */
const topology = { n1: ["n2"], n2: ["n1", "n3", "n4"], n3: ["n2", "n4"], n4: ["n2", "n3"] };
const names = Object.keys(topology);

async function cluster(): Promise<{ net: TestNetwork; tell: Tell; known: Known }> {
  const net = testNetwork({ latency: 10 });
  for (const name of names) net.start(name, (node) => new BroadcastServer(node));
  const client = net.client<BroadcastProtocol>();
  for (const name of names) await client.rpc(name, { type: "topology", topology });
  net.messages.length = 0;
  const tell: Tell = async (name, message) => {
    await client.rpc(name, { type: "broadcast", message });
  };
  const known: Known = () =>
    Promise.all(names.map(async (name) => (await client.rpc(name, { type: "read" })).messages.sort()));
  return { net, tell, known };
}
type Tell = (name: string, message: number) => Promise<void>;
type Known = () => Promise<number[][]>;

it("tells everybody everything, along the topology", async () => {
  const { net, tell, known } = await cluster();
  await tell("n1", 1);
  await tell("n4", 2);
  expect(await known()).toEqual([[1], [], [], [2]]);
  await net.advance(20);
  expect(await known()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  const strangers = net.messages.filter(({ src, dest }) => `${src} ${dest}` === "n1 n4");
  expect(strangers).toEqual([]);
});

it("does not send a message back to where it came from, nor twice over a link", async () => {
  const { net, tell } = await cluster();
  await tell("n1", 1);
  await net.advance(60_000);
  const told = net.messages
    .filter(({ src, body }) => src.startsWith("n") && body.type === "broadcast")
    .map(({ src, dest }) => `${src} ${dest}`);
  // Between n3 and n4 the message is under way in both directions at once.
  expect(told.sort()).toEqual(["n1 n2", "n2 n3", "n2 n4", "n3 n4", "n4 n3"]);
});

it("reaches the other side of a partition when that is over", async () => {
  const { net, tell, known } = await cluster();
  const heal = net.drop(({ src, dest }) => [src, dest].includes("n1") && [src, dest].includes("n2"));
  await tell("n1", 1);
  await tell("n3", 2);
  await net.advance(60_000);
  expect(await known()).toEqual([[1], [2], [2], [2]]);
  heal();
  await net.advance(2600);
  expect(await known()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

it("goes on telling while only the acknowledgements are lost, and takes a message once", async () => {
  const { net, tell, known } = await cluster();
  const heal = net.drop(({ src, body }) => src === "n2" && body.type === "broadcast_ok");
  await tell("n1", 1);
  await net.advance(10_000);
  const again = (): number =>
    net.messages.filter(({ src, body }) => src === "n1" && body.type === "broadcast").length;
  expect(again()).toBeGreaterThan(3);
  expect(await known()).toEqual([[1], [1], [1], [1]]);
  heal();
  await net.advance(3000);
  const before = again();
  await net.advance(60_000);
  expect(again()).toBe(before);
});
