/** The g-set server: all nodes have all elements in the end, whatever becomes of single messages. */
import { type TestNetwork, testNetwork, type Which } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type GSetProtocol, GSetServer } from "./server.ts";

const names = ["n1", "n2", "n3"];

function cluster(): { net: TestNetwork; add: Add; sets: () => Promise<number[][]> } {
  const net = testNetwork({ latency: 10 });
  for (const name of names) net.start(name, (node) => new GSetServer(node));
  const client = net.client<GSetProtocol>();
  const add: Add = async (name, element) => {
    await client.rpc(name, { type: "add", element });
  };
  const sets = (): Promise<number[][]> =>
    Promise.all(names.map(async (name) => (await client.rpc(name, { type: "read" })).value.sort()));
  return { net, add, sets };
}
type Add = (name: string, element: number) => Promise<void>;

const gossip: Which = ({ body }) => body.type === "gossip";

it("has an element at once where it was added, and after the next gossip everywhere", async () => {
  const { net, add, sets } = cluster();
  await add("n1", 1);
  await add("n1", 1);
  await add("n3", 2);
  expect(await sets()).toEqual([[1], [], [2]]);
  await net.advance(510);
  expect(await sets()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
  expect(net.messages.filter(({ src, dest }) => src === dest)).toEqual([]);
});

it("brings together what a partition kept apart", async () => {
  const { net, add, sets } = cluster();
  const heal = net.drop((message) => gossip(message) && [message.src, message.dest].includes("n1"));
  await add("n1", 1);
  await add("n2", 2);
  await net.advance(10_000);
  expect(await sets()).toEqual([[1], [2], [2]]);
  heal();
  await net.advance(510);
  expect(await sets()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

it("does not mind gossip that is late, in another order, or there twice", async () => {
  const { net, add, sets } = cluster();
  const held = net.hold(gossip);
  await add("n1", 1);
  await net.advance(500);
  await add("n1", 2);
  await net.advance(500);
  const late = [...held.messages].reverse();
  held.deliver(...late);
  await net.advance(10);
  expect(await sets()).toEqual([
    [1, 2],
    [1, 2],
    [1, 2],
  ]);
});

it("tells what it has only heard of, so that two nodes can talk through a third", async () => {
  const { net, add, sets } = cluster();
  net.drop(({ src, dest }) => src === "n1" && dest === "n3");
  await add("n1", 1);
  await net.advance(1010);
  expect(await sets()).toEqual([[1], [1], [1]]);
});
