/** The lin-kv server: all nodes show the same store, with the errors of the service. */
import { type TestNetwork, testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type LinKVProtocol, LinKVServer } from "./server.ts";

function cluster(): TestNetwork {
  const net = testNetwork();
  for (const name of ["n1", "n2"]) net.start(name, (node) => new LinKVServer(node));
  return net;
}

it("shows on one node what was written on another", async () => {
  const client = cluster().client<LinKVProtocol>();
  await client.rpc("n1", { type: "write", key: 0, value: 1 });
  expect((await client.rpc("n2", { type: "read", key: 0 })).value).toBe(1);
  await client.rpc("n2", { type: "cas", key: 0, from: 1, to: [2] });
  expect((await client.rpc("n1", { type: "read", key: 0 })).value).toEqual([2]);
});

it("refuses as the service does", async () => {
  const client = cluster().client<LinKVProtocol>();
  await expect(client.rpc("n1", { type: "read", key: 0 })).rejects.toMatchObject({ code: 20 });
  await expect(client.rpc("n1", { type: "cas", key: 0, from: 1, to: 2 })).rejects.toMatchObject({ code: 20 });
  await client.rpc("n1", { type: "write", key: 0, value: 1 });
  await expect(client.rpc("n2", { type: "cas", key: 0, from: 3, to: 2 })).rejects.toMatchObject({ code: 22 });
});

it.each([{ type: "write", key: 0, value: 1 } as const, { type: "cas", key: 0, from: 1, to: 1 } as const])(
  "asks once, and says that it does not know when nobody answers: $type",
  async (request) => {
    const net = cluster();
    const client = net.client<LinKVProtocol>();
    await client.rpc("n1", { type: "write", key: 0, value: 1 });
    net.messages.length = 0;
    net.drop(({ src }) => src === "lin-kv");
    const open = client.rpc("n1", request, { timeout: 9000 });
    void net.advance(8000);
    await expect(open).rejects.toMatchObject({ code: 0, definite: false });
    expect(net.messages.filter(({ dest }) => dest === "lin-kv")).toHaveLength(1);
  },
);
