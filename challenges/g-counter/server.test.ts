/** The g-counter server: nothing counted twice, nothing forgotten, whatever seq-kv shows and whatever is lost or doubled. */
import { isDeepStrictEqual } from "node:util";
import { RPCError } from "@eddy/node";
import { type AnyNode, type TestNetwork, testNetwork } from "@eddy/node/testing";
import { expect, it } from "vitest";
import { type GCounterProtocol, GCounterServer } from "./server.ts";

const names = ["n1", "n2", "n3"];

function cluster(kv?: (node: AnyNode) => void): { net: TestNetwork; add: Add; values: Values } {
  const net = testNetwork({ latency: 10 });
  if (kv !== undefined) net.start("seq-kv", kv);
  for (const name of names) net.start(name, (node) => new GCounterServer(node));
  const client = net.client<GCounterProtocol>();
  const add: Add = async (name, delta) => {
    const added = client.rpc(name, { type: "add", delta });
    await net.advance(4000);
    await added;
  };
  const values: Values = () =>
    Promise.all(
      names.map(async (name) => {
        const read = client.rpc(name, { type: "read" });
        await net.advance(4000);
        return (await read).value;
      }),
    );
  return { net, add, values };
}
type Add = (name: string, delta: number) => Promise<void>;
type Values = () => Promise<number[]>;

/** Sequentially consistent at its worst: whoever changes nothing sees the oldest state that it may see. */
function lazyKV(node: AnyNode): void {
  const states: ReadonlyMap<unknown, unknown>[] = [new Map()];
  const seen = new Map<string, number>();
  const newest = (): ReadonlyMap<unknown, unknown> => states.at(-1) ?? new Map();
  const change = (client: string, key: unknown, value: unknown): void => {
    states.push(new Map(newest()).set(key, value));
    seen.set(client, states.length - 1);
  };
  const existing = (state: ReadonlyMap<unknown, unknown>, key: unknown): unknown => {
    if (state.has(key)) return state.get(key);
    throw RPCError.keyDoesNotExist("");
  };
  node.handle("read", ({ src, body }) => {
    const state = states[seen.get(src) ?? 0] ?? newest();
    return { type: "read_ok", value: existing(state, body.key) };
  });
  node.handle("write", ({ src, body }) => {
    // To write what is there already changes nothing, and may have happened long ago.
    if (states[seen.get(src) ?? 0]?.get(body.key) !== body.value) change(src, body.key, body.value);
    return { type: "write_ok" };
  });
  node.handle("cas", ({ src, body: { key, from, to, create_if_not_exists } }) => {
    const create = create_if_not_exists === true && !newest().has(key);
    if (!create && !isDeepStrictEqual(existing(newest(), key), from)) {
      seen.set(src, states.length - 1);
      throw RPCError.preconditionFailed("");
    }
    if (!isDeepStrictEqual(from, to)) change(src, key, to);
    return { type: "cas_ok" };
  });
}

it.each([undefined, lazyKV])("counts on all nodes, and each knows of all (%s)", async (kv) => {
  const { add, values } = cluster(kv);
  expect(await values()).toEqual([0, 0, 0]);
  await add("n1", 5);
  await add("n2", 3);
  await add("n1", 0);
  await add("n1", 2);
  expect(await values()).toEqual([10, 10, 10]);
  await add("n3", 1);
  expect(await values()).toEqual([11, 11, 11]);
});

it("counts what is added at once", async () => {
  const { net, values } = cluster(lazyKV);
  const client = net.client<GCounterProtocol>();
  const adds = Array.from({ length: 30 }, (_, i) =>
    client.rpc(names[i % 3] ?? "", { type: "add", delta: 1 }),
  );
  await net.advance(4000);
  await Promise.all(adds);
  expect(await values()).toEqual([30, 30, 30]);
});

it("keeps what it has counted when it is started again", async () => {
  const { net, add, values } = cluster(lazyKV);
  await add("n1", 5);
  await add("n1", 2);
  await net.stop("n1");
  net.start("n1", (node) => new GCounterServer(node));
  expect(await values()).toEqual([7, 7, 7]);
  await add("n1", 1);
  expect(await values()).toEqual([8, 8, 8]);
});

it("counts rightly when a request of its former life is late", async () => {
  const { net, add, values } = cluster();
  await add("n1", 5);
  const held = net.hold(({ body }) => body.type === "cas");
  net.client<GCounterProtocol>().send("n1", { type: "add", delta: 2 });
  await net.advance(100);
  await net.stop("n1");
  net.start("n1", (node) => new GCounterServer(node));
  await net.advance(100);
  expect(await values()).toEqual([5, 5, 5]);
  held.release();
  await net.advance(100);
  await add("n1", 1);
  expect(await values()).toEqual([8, 8, 8]);
});

it("counts once what a lost answer leaves open, and says that it does not know", async () => {
  const { net, add, values } = cluster();
  await add("n1", 5);
  const heal = net.drop(({ src, body }) => src === "seq-kv" && body.type === "cas_ok");
  const open = net.client<GCounterProtocol>().rpc("n1", { type: "add", delta: 2 });
  void net.advance(4000);
  await expect(open).rejects.toMatchObject({ code: 0 });
  heal();
  expect(await values()).toEqual([7, 7, 7]);
  await add("n1", 1);
  expect(await values()).toEqual([8, 8, 8]);
});

it("counts once when the network delivers a request twice, and the refusal comes first", async () => {
  const values = new Map<unknown, unknown>();
  const { add, values: reads } = cluster((node) => {
    node.handle("read", ({ body: { key } }) => {
      if (!values.has(key)) throw RPCError.keyDoesNotExist("");
      return { type: "read_ok", value: values.get(key) };
    });
    node.handle("write", () => ({ type: "write_ok" }));
    node.handle("cas", ({ body: { key, from, to } }) => {
      // The first time it is done. The second time it is refused, unless it changes nothing.
      values.set(key, to);
      if (!isDeepStrictEqual(from, to)) throw RPCError.preconditionFailed("");
      return { type: "cas_ok" };
    });
  });
  await add("n1", 5);
  await add("n1", 2);
  expect(await reads()).toEqual([7, 7, 7]);
});

it.each(["write", "read"])("answers a read when a %s was lost on the way", async (type) => {
  const { net, add } = cluster();
  await add("n1", 5);
  const heal = net.drop(({ dest, body }) => dest === "seq-kv" && body.type === type);
  const read = net.client<GCounterProtocol>().rpc("n2", { type: "read" });
  await net.advance(1000);
  heal();
  await net.advance(2500);
  expect((await read).value).toBe(5);
});
