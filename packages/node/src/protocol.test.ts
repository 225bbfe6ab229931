import { expectTypeOf, it } from "vitest";
import type { Body, Message } from "./message.ts";
import { Node } from "./node.ts";
import type { AnyBody } from "./protocol.ts";
import { testNetwork } from "./testing.ts";

interface Echo {
  echo(request: { echo: string }): { type: "echo_ok"; echo: string };
}

interface Counter {
  add(request: { delta: number }): { type: "add_ok" };
  read(request: object): { type: "read_ok"; value: number } | { type: "read_later" };
}

it("checks handlers against the protocol", () => {
  const node = new Node<Echo>();
  node.handle("echo", ({ body, src }) => {
    expectTypeOf(src).toEqualTypeOf<string>();
    expectTypeOf(body.echo).toEqualTypeOf<string>();
    expectTypeOf(body.msg_id).toEqualTypeOf<number | undefined>();
    return { type: "echo_ok", echo: body.echo };
  });
  // @ts-expect-error the protocol has no such request
  node.handle("ehco", () => {});
  // @ts-expect-error the reply lacks its payload
  new Node<Echo>().handle("echo", () => ({ type: "echo_ok" }));
  // @ts-expect-error the reply is of another type
  new Node<Echo>().handle("echo", async () => ({ type: "echo", echo: "" }));
  // @ts-expect-error a protocol's replies have a type
  new Node<{ echo(request: object): object }>();
  new Node<Echo>().handle("init", ({ body }) => {
    expectTypeOf(body.node_ids).toEqualTypeOf<readonly string[]>();
  });
  // A method that is declared for messages of the protocol is a handler, too.
  const method = ({ body }: Message<Body & { echo: string }>) =>
    ({ type: "echo_ok", echo: body.echo }) as const;
  new Node<Echo>().handle("echo", method);
});

it("checks replies by hand against the protocol", () => {
  const node = new Node<Counter>();
  node.handle("read", (request) => {
    node.reply(request, { type: "read_ok", value: 1 });
    node.reply(request, { type: "read_later" });
    node.reply(request, { type: "error", code: 11, text: "not now" });
    // @ts-expect-error the value is a number
    node.reply(request, { type: "read_ok", value: "1" });
    // @ts-expect-error that is the reply to another request
    node.reply(request, { type: "add_ok" });
  });
});

it("checks RPCs against the protocol", () => {
  const check = async (node: Node<Counter>): Promise<void> => {
    expectTypeOf(await node.rpc("n1", { type: "add", delta: 1 })).toEqualTypeOf<{ type: "add_ok" }>();
    const read = await node.rpc("n1", { type: "read" }, { timeout: 10 });
    if (read.type === "read_ok") expectTypeOf(read.value).toEqualTypeOf<number>();
    // @ts-expect-error there is no delta
    await node.rpc("n1", { type: "add" });
    // @ts-expect-error the protocol has no such request
    await node.rpc("n1", { type: "subtract", delta: 1 });
  };
  expectTypeOf(check).toBeFunction();
});

it("knows nothing but the type where there is no protocol, and nothing is any", () => {
  const node = new Node();
  node.handle("anything", ({ body }) => {
    expectTypeOf(body).toExtend<Body>();
    expectTypeOf(body.field).toEqualTypeOf<unknown>();
    return { type: "anything_ok", more: 1 };
  });
  const check = async (): Promise<void> => {
    const reply = await node.rpc("n1", { type: "anything", more: 1 });
    expectTypeOf(reply).toEqualTypeOf<AnyBody>();
    expectTypeOf(reply.field).toEqualTypeOf<unknown>();
  };
  expectTypeOf(check).toBeFunction();
});

it("lets any server be started on a network of a test", () => {
  const net = testNetwork();
  const serve = (node: Node<Counter>): unknown => node.handle("add", () => ({ type: "add_ok" }));
  net.start("n1", (node) => serve(node));
  net.start("n2", (node: Node<Echo>) =>
    node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo })),
  );
  net.start("n3", (node) =>
    node.handle("any", ({ body }) => {
      expectTypeOf(body.field).toEqualTypeOf<unknown>();
    }),
  );
  expectTypeOf(net.client<Echo>()).toEqualTypeOf<Node<Echo>>();
});

it("takes methods without parameters for requests without fields, and those without a result for messages without a reply", () => {
  interface Gossip {
    read(): { type: "read_ok"; value: number };
    gossip(message: { words: string[] }): void;
  }
  const node = new Node<Gossip>();
  node.handle("read", ({ body }) => {
    expectTypeOf(body.msg_id).toEqualTypeOf<number | undefined>();
    expectTypeOf(body.field).toEqualTypeOf<unknown>();
    return { type: "read_ok", value: 1 };
  });
  node.handle("gossip", ({ body }) => {
    expectTypeOf(body.words).toEqualTypeOf<string[]>();
  });
  const check = async (): Promise<void> => {
    expectTypeOf(await node.rpc("n1", { type: "read" })).toEqualTypeOf<{ type: "read_ok"; value: number }>();
  };
  expectTypeOf(check).toBeFunction();
});

it("checks messages against the protocol, and leaves those without a type alone", () => {
  const check = (node: Node<{ gossip(message: { words: string[] }): void }>, untyped: Node): void => {
    node.send("n1", { type: "gossip", words: [] });
    node.send("n1", { anything: 1 });
    // @ts-expect-error the words are missing
    node.send("n1", { type: "gossip" });
    // @ts-expect-error the protocol has no such message
    node.send("n1", { type: "gosip", words: [] });
    untyped.send("n1", { type: "anything", more: 1 });
    const options: { timeout?: number } = {};
    void untyped.rpc("n1", { type: "any" }, { timeout: options.timeout });
  };
  expectTypeOf(check).toBeFunction();
});
