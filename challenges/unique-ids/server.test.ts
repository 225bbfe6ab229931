/** The unique-ids server: ids differ between requests, between nodes, and between the lives of a node. */
import { testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type UniqueIdsProtocol, UniqueIdsServer } from "./server.ts";

const names = ["n1", "n2", "n3"];

it("makes no id twice, not even after a restart", async () => {
  const net = testNetwork();
  const ids: string[] = [];
  for (const name of names) net.start(name, (node) => new UniqueIdsServer(node));
  const client = net.client<UniqueIdsProtocol>();
  for (let life = 0; life < 3; life++) {
    for (let request = 0; request < 10; request++) {
      for (const name of names) ids.push((await client.rpc(name, { type: "generate" })).id);
    }
    await net.stop("n2");
    net.start("n2", (node) => new UniqueIdsServer(node));
  }
  expect(ids).toHaveLength(90);
  expect(ids.slice(0, 3).map((id) => id.split("-")[0])).toEqual(names);
  expect(new Set(ids).size).toBe(90);
});

it("asks nobody: each node goes on when it is alone", async () => {
  const net = testNetwork();
  for (const name of names) net.start(name, (node) => new UniqueIdsServer(node));
  const client = net.client<UniqueIdsProtocol>();
  for (const name of names) await client.rpc(name, { type: "generate" });
  const between = net.messages.filter(({ src, dest }) => names.includes(src) && names.includes(dest));
  expect(between).toEqual([]);
  expect(net.messages).toHaveLength(6);
});
