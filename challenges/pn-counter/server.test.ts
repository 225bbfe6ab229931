/** The pn-counter server: all nodes have the right sum in the end, whatever becomes of single messages. */
import { type TestNetwork, testNetwork, type Which } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type PNCounterProtocol, PNCounterServer } from "./server.ts";

const names = ["n1", "n2", "n3"];

function cluster(): { net: TestNetwork; add: Add; values: () => Promise<number[]> } {
  const net = testNetwork({ latency: 10 });
  for (const name of names) net.start(name, (node) => new PNCounterServer(node));
  const client = net.client<PNCounterProtocol>();
  const add: Add = async (name, delta) => {
    await client.rpc(name, { type: "add", delta });
  };
  const values = (): Promise<number[]> =>
    Promise.all(names.map(async (name) => (await client.rpc(name, { type: "read" })).value));
  return { net, add, values };
}
type Add = (name: string, delta: number) => Promise<void>;

const gossip: Which = ({ body }) => body.type === "gossip";

it("counts up and down at once where it was asked to, and after the next gossip everywhere", async () => {
  const { net, add, values } = cluster();
  await add("n1", 5);
  await add("n1", -2);
  await add("n2", -7);
  await add("n3", 0);
  expect(await values()).toEqual([3, -7, 0]);
  await net.advance(510);
  expect(await values()).toEqual([-4, -4, -4]);
});

it("counts nothing twice, however often it hears of it", async () => {
  const { net, add, values } = cluster();
  await add("n1", 5);
  await add("n2", -3);
  await net.advance(10_000);
  expect(await values()).toEqual([2, 2, 2]);
});

it("brings together what a partition kept apart", async () => {
  const { net, add, values } = cluster();
  const heal = net.drop((message) => gossip(message) && [message.src, message.dest].includes("n1"));
  await add("n1", 5);
  await add("n2", -3);
  await net.advance(10_000);
  expect(await values()).toEqual([5, -3, -3]);
  heal();
  await net.advance(510);
  expect(await values()).toEqual([2, 2, 2]);
});

it("does not go back when old gossip comes after new", async () => {
  const { net, add, values } = cluster();
  const held = net.hold(gossip);
  await add("n1", 5);
  await net.advance(500);
  await add("n1", -1);
  await net.advance(500);
  held.deliver(...[...held.messages].reverse());
  await net.advance(10);
  expect(await values()).toEqual([4, 4, 4]);
});
