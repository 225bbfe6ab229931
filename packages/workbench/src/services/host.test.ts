import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBytes, toBytes } from "../network/bytes.ts";
import { Journal } from "../network/journal.ts";
import type { Body, Message } from "../network/message.ts";
import { serviceNames } from "../network/names.ts";
import { Network } from "../network/network.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { makeServices } from "./catalogue.ts";
import { answer, hostServices } from "./host.ts";

const random = (name: string) => randomStream(1, name);
const kvNames = serviceNames.filter((name) => name.endsWith("-kv"));

/** A network with the services, and what n0 got from them. */
function setUp() {
  const clock = new VirtualClock();
  const latency = { mean: 10, distribution: "constant" } as const;
  const network = new Network({
    link: { latency, loss: 0, duplication: 0, reordering: 0 },
    clock,
    random,
    journal: new Journal(() => {}),
  });
  const got: Message[] = [];
  network.attach("n0", { receive: (message) => got.push(message) });
  hostServices(network, random);
  const send = (dest: string, json: string): void => {
    const body: Body = JSON.parse(json);
    network.send({ src: "n0", dest, text: toBytes(json), body });
  };
  return { clock, got, send };
}

/** What the service of this name answers to messages, one after the other. */
function replies(name: string, ...bodies: string[]) {
  const service = makeServices(random).get(name);
  if (service === undefined) throw new Error(`there is no ${name}`);
  return bodies.map((json) => answer(service, { src: "n0", text: toBytes(json), body: JSON.parse(json) }));
}

it("offers the services that the network knows by name", () => {
  expect([...makeServices(random).keys()]).toEqual(serviceNames);
});

it("gives each service a stream of its own", () => {
  const names: string[] = [];
  makeServices((name) => {
    names.push(name);
    return random(name);
  });
  expect(names).toEqual(["seq-kv", "lww-kv"]);
});

it("answers to whoever asked, under the name that was asked", async () => {
  const { clock, got, send } = setUp();
  for (const name of serviceNames) {
    send(
      name,
      name === "lin-tso" ? '{"type":"ts","msg_id":7}' : '{"type":"write","key":1,"value":2,"msg_id":7}',
    );
  }
  await clock.run();
  expect(got.map(({ src, dest, body }) => ({ src, dest, body }))).toEqual([
    { src: "lin-kv", dest: "n0", body: { type: "write_ok", in_reply_to: 7 } },
    { src: "seq-kv", dest: "n0", body: { type: "write_ok", in_reply_to: 7 } },
    { src: "lww-kv", dest: "n0", body: { type: "write_ok", in_reply_to: 7 } },
    { src: "lin-tso", dest: "n0", body: { type: "ts_ok", ts: 0, in_reply_to: 7 } },
  ]);
  expect(clock.now()).toBe(20_000_000);
});

it("gives back values byte for byte", async () => {
  const { clock, got, send } = setUp();
  const value = '{ "z":12345678901234567890, "ä":[1.0, "\\u00e4 😀"] }';
  send("lin-kv", `{"type":"write","key":"€","value":${value},"msg_id":1}`);
  send("lin-kv", '{"type":"read","key":"\\u20ac","msg_id":2}');
  send("lin-kv", '{"type":"read","key":"ä","msg_id":3}');
  await clock.run();
  const [, read, error] = got;
  expect(read?.text).toBe(toBytes(`{"type":"read_ok","value":${value},"in_reply_to":2}`));
  expect(error?.body).toEqual({ type: "error", code: 20, text: 'there is no key "ä"', in_reply_to: 3 });
  for (const { text, body } of got) expect(JSON.parse(fromBytes(text))).toEqual(body);
});

describe("a request with a strange msg_id", () => {
  it.each(["0", "-1", "12345678901234567890", "1.0"])("%s is answered with the same", (id) => {
    expect(replies("lin-tso", `{"type":"ts","msg_id":${id}}`)).toEqual([
      `{"type":"ts_ok","ts":0,"in_reply_to":${id}}`,
    ]);
  });
});

describe.each(serviceNames)("%s", (name) => {
  it.each([
    ['{"type":"boil","msg_id":1}', 10],
    ['{"type":"__proto__","msg_id":1}', 10],
    ['{"type":"read_ok","msg_id":1}', 10],
    ['{"type":7,"msg_id":1}', 12],
    ['{"msg_id":1}', 12],
  ])("answers %s with error %i", (json, code) => {
    const [text] = replies(name, json);
    expect(JSON.parse(text ?? "null")).toEqual({
      type: "error",
      code,
      text: expect.stringMatching(/./),
      in_reply_to: 1,
    });
  });

  it.each([
    '{"type":"ts"}',
    '{"type":"read","key":1}',
    '{"type":"read","key":1,"msg_id":null}',
    '{"type":"read","key":1,"msg_id":"1"}',
    '{"type":"read","key":1,"msg_id":1.5}',
    '{"type":"read_ok","value":1,"in_reply_to":1,"msg_id":1}',
    '{"type":"error","code":10,"text":"no","in_reply_to":1,"msg_id":1}',
    "{}",
  ])("says nothing to %s", (json) => {
    expect(replies(name, json)).toEqual([undefined]);
  });

  it("answers every request with JSON of the protocol, and no reply", () => {
    const body = fc.record(
      {
        type: fc.oneof(fc.constantFrom("read", "write", "cas", "ts", "error"), fc.jsonValue()),
        msg_id: fc.oneof(fc.integer(), fc.jsonValue()),
        in_reply_to: fc.jsonValue(),
        key: fc.jsonValue({ stringUnit: "binary" }),
        value: fc.jsonValue({ stringUnit: "binary" }),
        from: fc.jsonValue(),
        to: fc.jsonValue(),
        create_if_not_exists: fc.oneof(fc.boolean(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(body, { maxLength: 20 }), (bodies) => {
        const sent = bodies.map((it) => JSON.stringify(it));
        const texts = replies(name, ...sent);
        for (const [i, text] of texts.entries()) {
          // As it is in JSON, which has no -0.
          const { type, msg_id, in_reply_to } = JSON.parse(sent[i] ?? "{}");
          const asks = Number.isInteger(msg_id) && !(in_reply_to !== undefined && type === "error");
          if (text === undefined) expect(asks).toBe(false);
          else
            expect(JSON.parse(fromBytes(text))).toMatchObject({
              in_reply_to: msg_id,
              type: expect.any(String),
            });
        }
        // None of the replies is answered, were it sent to a service.
        expect(replies(name, ...texts.map((text) => text ?? "{}"))).toEqual(texts.map(() => undefined));
      }),
    );
  });
});

it.each(kvNames)("%s goes on after an error", (name) => {
  const [failed, done] = replies(
    name,
    '{"type":"cas","key":1,"msg_id":1}',
    '{"type":"write","key":1,"value":2,"msg_id":2}',
  );
  expect([failed, done]).toEqual([
    '{"type":"error","code":12,"text":"a cas needs a \\"from\\"","in_reply_to":1}',
    '{"type":"write_ok","in_reply_to":2}',
  ]);
});

it("hands out timestamps from 0, each larger than all before, and none twice for one that failed", () => {
  const texts = replies("lin-tso", ...[1, 2, 3].map((id) => `{"type":"ts","msg_id":${id}}`));
  expect(texts.map((text) => JSON.parse(text ?? ""))).toEqual(
    [1, 2, 3].map((id) => ({ type: "ts_ok", ts: id - 1, in_reply_to: id })),
  );
  const [, , after] = replies(
    "lin-tso",
    '{"type":"ts","msg_id":1}',
    '{"type":"read","key":1,"msg_id":2}',
    '{"type":"ts","msg_id":3}',
  );
  expect(after).toBe('{"type":"ts_ok","ts":1,"in_reply_to":3}');
});
