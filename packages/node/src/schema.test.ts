import { type } from "arktype";
import * as v from "valibot";
import { expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { RPCError } from "./errors.ts";
import { Node } from "./node.ts";
import type { Schema } from "./schema.ts";
import { testNetwork } from "./testing.ts";

const schemas: [string, Schema<{ items: { name: string }[] }>][] = [
  ["Zod", z.object({ items: z.array(z.object({ name: z.string() })) })],
  ["Valibot", v.object({ items: v.array(v.object({ name: v.string() })) })],
  ["ArkType", type({ items: type({ name: "string" }).array() })],
  [
    "an asynchronous schema",
    z.object({ items: z.array(z.object({ name: z.string().refine(async () => true) })) }),
  ],
];

it.each(schemas)("%s says which fields do not fit", async (_, schema) => {
  const net = testNetwork();
  const seen: string[] = [];
  net.start("n1", (node) =>
    node.handle(
      "store",
      ({ body }) => {
        seen.push(...body.items.map(({ name }) => name));
        return { type: "store_ok" };
      },
      { schema },
    ),
  );
  const client = net.client();
  expect(await client.rpc("n1", { type: "store", items: [{ name: "a" }] })).toMatchObject({
    type: "store_ok",
  });
  const refused = await client
    .rpc("n1", { type: "store", items: [{ name: "a" }, { name: 1 }] })
    .catch((e) => e);
  expect(refused).toMatchObject({ code: 12, definite: true });
  expect(refused.message).toMatch(/^items\.1\.name: /);
  expect(seen).toEqual(["a"]);
});

it("gives the handler what the schema makes of the body", async () => {
  const net = testNetwork();
  const server = new Node<{ add(request: { delta: string }): { type: "add_ok"; sum: number } }>();
  const schema = z.object({ delta: z.string().transform(Number), scale: z.number().default(10) });
  server.handle(
    "add",
    (request) => {
      expectTypeOf(request.body).toEqualTypeOf<{ delta: number; scale: number }>();
      return { type: "add_ok", sum: request.body.delta * request.body.scale };
    },
    { schema },
  );
  net.start("n1", (node) =>
    node.handle(
      "add",
      (request) => node.reply(request, { type: "add_ok", sum: request.body.delta * request.body.scale }),
      { schema },
    ),
  );
  // The handler's answer finds its request, although the schema left nothing of `msg_id`.
  expect(await net.client().rpc("n1", { type: "add", delta: "4" })).toMatchObject({
    sum: 40,
    in_reply_to: 1,
  });
});

it("tells five issues, and how many there are beside them", async () => {
  const net = testNetwork();
  const schema: Schema<never> = {
    "~standard": {
      version: 1,
      vendor: "a test",
      validate: () => ({
        issues: [
          { message: "none of it" },
          ...Array.from({ length: 7 }, (_, i) => ({ message: "wrong", path: ["list", { key: i }] })),
        ],
      }),
    },
  };
  net.start("n1", (node) => node.handle("any", () => {}, { schema }));
  await expect(net.client().rpc("n1", { type: "any" })).rejects.toThrow(
    RPCError.malformedRequest(
      "none of it; list.0: wrong; list.1: wrong; list.2: wrong; list.3: wrong; and 3 more",
    ),
  );
});

it("answers 13, crash, when the schema itself fails", async () => {
  const net = testNetwork();
  const validate = (): never => {
    throw new Error("a broken schema");
  };
  const schema: Schema<never> = { "~standard": { version: 1, vendor: "a test", validate } };
  net.start("n1", (node) => node.handle("any", () => {}, { schema }));
  await expect(net.client().rpc("n1", { type: "any" })).rejects.toMatchObject({ code: 13 });
});

it("waits for promises of any make", async () => {
  const net = testNetwork();
  const issues = [{ message: "too late" }];
  // biome-ignore lint/suspicious/noThenProperty: a promise that is not one of this realm's own
  const later = { then: (resolve: (checked: object) => void) => resolve({ issues }) };
  const validate = () => JSON.parse("0") || later;
  const schema: Schema<never> = { "~standard": { version: 1, vendor: "a test", validate } };
  net.start("n1", (node) => node.handle("any", () => ({ type: "any_ok" }), { schema }));
  await expect(net.client().rpc("n1", { type: "any" })).rejects.toThrow("too late");
});
