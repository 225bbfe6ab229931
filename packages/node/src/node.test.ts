import { expect, it } from "vitest";
import { RPCError } from "./errors.ts";
import { Node } from "./node.ts";
import type { Wire } from "./stdio.ts";
import { testNetwork } from "./testing.ts";

/** A wire in memory: takes the test's messages in, and keeps what the node sends. */
class TestWire implements Wire {
  readonly sent: { src: string; dest: string; body: Record<string, unknown> }[] = [];
  #take: (line: string) => void = () => {};
  #end: () => void = () => {};

  read(take: (line: string) => void): Promise<void> {
    this.#take = take;
    return new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  write(line: string): void {
    this.sent.push(JSON.parse(line));
  }

  async flush(): Promise<void> {}

  line(line: string): void {
    this.#take(line);
  }

  /** Lets a client send a body to the node, and everything that follows from it happen. */
  async ask(body: object): Promise<void> {
    this.line(JSON.stringify({ src: "c1", dest: "n1", body }));
    await settled();
  }

  async init(): Promise<void> {
    await this.ask({ type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1", "n2"] });
    this.sent.length = 0;
  }

  end(): void {
    this.#end();
  }

  get bodies(): object[] {
    return this.sent.map(({ body }) => body);
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function started(prepare: (node: Node) => void = () => {}) {
  const node = new Node();
  prepare(node);
  const wire = new TestWire();
  const finished = node.run(wire);
  return { node, wire, finished };
}

it("answers init, once the hook is done, and knows its name and peers by then", async () => {
  let ready = () => {};
  const { node, wire } = started((it) =>
    it.handle("init", async ({ body }) => {
      expect([it.id, it.nodeIds, body.node_id]).toEqual(["n1", ["n1", "n2"], "n1"]);
      await new Promise<void>((resolve) => {
        ready = resolve;
      });
    }),
  );
  expect(() => node.id).toThrow("before init");
  await wire.ask({ type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1", "n2"] });
  expect(wire.sent).toEqual([]);
  ready();
  await settled();
  expect(wire.sent).toEqual([{ src: "n1", dest: "c1", body: { type: "init_ok", in_reply_to: 1 } }]);
});

it("answers init exactly once, even when the hook answers it, too", async () => {
  const { wire } = started((it) => it.handle("init", (message) => it.reply(message, { type: "init_ok" })));
  await wire.ask({ type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1"] });
  expect(wire.bodies).toEqual([{ type: "init_ok", in_reply_to: 1 }]);
});

it("refuses a second init, one that is malformed, and one whose hook fails", async () => {
  const { wire } = started();
  await wire.ask({ type: "init", msg_id: 5, node_ids: ["n1"] });
  await wire.ask({ type: "init", msg_id: 6, node_id: "n1", node_ids: ["n1"] });
  await wire.ask({ type: "init", msg_id: 7, node_id: "n2", node_ids: ["n2"] });
  expect(wire.bodies).toMatchObject([
    { type: "error", code: 12, in_reply_to: 5 },
    { type: "init_ok", in_reply_to: 6 },
    { type: "error", code: 12, in_reply_to: 7 },
  ]);
  const failing = started((it) =>
    it.handle("init", () => {
      throw new RPCError(11, "no disk");
    }),
  );
  await failing.wire.ask({ type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1"] });
  await failing.wire.ask({ type: "init", msg_id: 2, node_id: "n1", node_ids: ["n1"] });
  // The second one is not refused for being the second.
  expect(failing.wire.bodies).toEqual([
    { type: "error", code: 11, text: "no disk", in_reply_to: 1 },
    { type: "error", code: 11, text: "no disk", in_reply_to: 2 },
  ]);
});

it("keeps what comes before init until init is answered", async () => {
  const { wire } = started((it) => it.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo })));
  await wire.ask({ type: "echo", msg_id: 0, echo: "early" });
  expect(wire.sent).toEqual([]);
  await wire.ask({ type: "init", msg_id: 1, node_id: "n1", node_ids: ["n1"] });
  expect(wire.bodies).toEqual([
    { type: "init_ok", in_reply_to: 1 },
    { type: "echo_ok", echo: "early", in_reply_to: 0 },
  ]);
});

it("sends what a handler returns, at once or later, or what it gives to reply", async () => {
  const { wire } = started((it) => {
    it.handle("now", () => ({ type: "now_ok" }));
    it.handle("later", async () => ({ type: "later_ok" }));
    it.handle("by_hand", (message) => it.reply(message, { type: "by_hand_ok" }));
    it.handle("empty", () => ({ type: "empty_ok", in_reply_to: 99 }));
    it.handle("silent", () => {});
  });
  await wire.init();
  for (const [i, type] of ["now", "later", "by_hand", "empty", "silent"].entries()) {
    await wire.ask({ type, msg_id: 10 + i });
  }
  expect(wire.bodies).toEqual([
    { type: "now_ok", in_reply_to: 10 },
    { type: "later_ok", in_reply_to: 11 },
    { type: "by_hand_ok", in_reply_to: 12 },
    { type: "empty_ok", in_reply_to: 13 },
  ]);
});

it("turns what a handler throws into an error reply", async () => {
  class Custom extends RPCError {}
  const { wire } = started((it) => {
    it.handle("refuse", () => {
      throw new Custom(22, "it is 5, not 4");
    });
    it.handle("break", async () => {
      throw new TypeError("cannot read x");
    });
    it.handle("string", () => {
      throw { why: "not an Error" };
    });
    it.handle("untyped", (message) => it.reply(message, JSON.parse("{}")));
    it.handle("ring", () => {
      const ring: { type: string; me?: unknown } = { type: "ring_ok" };
      ring.me = ring;
      return ring;
    });
    // A server without types can return anything.
    it.handle("no_reply", () => JSON.parse("[1]"));
  });
  await wire.init();
  for (const [i, type] of [
    "refuse",
    "break",
    "string",
    "no_reply",
    "constructor",
    "ring",
    "untyped",
  ].entries()) {
    await wire.ask({ type, msg_id: i });
  }
  expect(wire.bodies).toMatchObject([
    { type: "error", code: 22, text: "it is 5, not 4", in_reply_to: 0 },
    { type: "error", code: 13, text: "cannot read x", in_reply_to: 1 },
    { type: "error", code: 13, text: "{ why: 'not an Error' }", in_reply_to: 2 },
    { type: "error", code: 13, text: "a reply is an object with a type, and [ 1 ] is none", in_reply_to: 3 },
    { type: "error", code: 10, in_reply_to: 4 },
    { type: "error", code: 13, text: 'the body contains itself, as "me"', in_reply_to: 5 },
    { type: "error", code: 13, text: "a reply is an object with a type, and {} is none", in_reply_to: 6 },
  ]);
});

it("survives whatever a handler throws", async () => {
  const trap = (): never => {
    throw new Error("trap");
  };
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const thrown: unknown[] = [
    null,
    undefined,
    proxy,
    Object.defineProperty(new Error("x"), "message", { get: trap }),
    Object.assign(new Error("x"), { message: 10n }),
    { [Symbol.for("nodejs.util.inspect.custom")]: trap },
    Object.create(null),
  ];
  const { wire } = started((it) =>
    it.handle("throw", ({ body }) => {
      throw thrown[Number(body.number)];
    }),
  );
  await wire.init();
  for (const number of thrown.keys()) await wire.ask({ type: "throw", msg_id: number, number });
  expect(wire.bodies).toEqual(
    [...thrown.keys()].map((number) => ({
      type: "error",
      code: 13,
      text: expect.any(String),
      in_reply_to: number,
    })),
  );
});

it("sends nothing that is no message, whatever a server gives it", async () => {
  class Reply {
    get type(): string {
      return "a getter on the prototype";
    }
  }
  const replies: object[] = [
    new Reply(),
    Object.assign(new String("s"), { type: "string" }),
    { type: "x", toJSON: () => undefined },
    { type: "x", toJSON: () => [1] },
    { type: "x", toJSON: () => ({}) },
  ];
  const { node, wire } = started((it) =>
    it.handle("test", ({ body }) => JSON.parse("0") || replies[Number(body.n)]),
  );
  await wire.init();
  for (const n of replies.keys()) await wire.ask({ type: "test", msg_id: n, n });
  expect(wire.bodies).toMatchObject(
    [...replies.keys()].map((n) => ({
      type: "error",
      code: 13,
      text: expect.stringContaining("is an object with a type"),
      in_reply_to: n,
    })),
  );
  const bodies: object[] = [[], { toJSON: () => undefined }, JSON.parse("[null]")[0], () => {}];
  for (const body of bodies) expect(() => Reflect.apply(node.send, node, ["n2", body])).toThrow(TypeError);
  expect(() => node.send(JSON.parse("1"), {})).toThrow(TypeError);
  expect(wire.sent).toHaveLength(replies.length);
});

it("waits for promises of any make", async () => {
  const { wire } = started((it) =>
    it.handle("test", () => {
      // biome-ignore lint/suspicious/noThenProperty: a promise that is not one of this realm's own
      return JSON.parse("0") || { then: (resolve: (body: object) => void) => resolve({ type: "test_ok" }) };
    }),
  );
  await wire.init();
  await wire.ask({ type: "test", msg_id: 1 });
  expect(wire.bodies).toEqual([{ type: "test_ok", in_reply_to: 1 }]);
});

it("calls handlers without a this of its own", async () => {
  const seen: unknown[] = [];
  function handler(this: unknown): void {
    seen.push(this);
  }
  const { wire } = started((it) => {
    it.handle("init", handler);
    it.handle("test", handler);
  });
  await wire.init();
  await wire.ask({ type: "test" });
  expect(seen).toEqual([undefined, undefined]);
});

it("answers no request twice", async () => {
  const { wire } = started((it) => {
    it.handle("twice", (message) => {
      it.reply(message, { type: "first" });
      return { type: "second" };
    });
    it.handle("and_throws", (message) => {
      it.reply(message, { type: "first" });
      throw new Error("afterwards");
    });
  });
  await wire.init();
  await wire.ask({ type: "twice", msg_id: 1 });
  await wire.ask({ type: "and_throws", msg_id: 2 });
  expect(wire.bodies).toEqual([
    { type: "first", in_reply_to: 1 },
    { type: "first", in_reply_to: 2 },
  ]);
});

it("answers nothing that asked for no answer", async () => {
  const { wire } = started((it) => it.handle("gossip", () => ({ type: "gossip_ok" })));
  await wire.init();
  await wire.ask({ type: "gossip" });
  await wire.ask({ type: "unknown" });
  await wire.ask({ type: "gossip_ok", in_reply_to: 0 });
  expect(wire.sent).toEqual([]);
});

it("skips lines that are no messages", async () => {
  const { wire } = started((it) => it.handle("echo", () => ({ type: "echo_ok" })));
  await wire.init();
  for (const line of ["", "garbage", "[]", '{"src":"c1"}', "\u0000"]) wire.line(line);
  await wire.ask({ type: "echo", msg_id: 1 });
  expect(wire.bodies).toEqual([{ type: "echo_ok", in_reply_to: 1 }]);
});

it("lets handlers run at once", async () => {
  const open: (() => void)[] = [];
  const { wire } = started((it) =>
    it.handle("wait", async ({ body }) => {
      await new Promise<void>((resolve) => open.push(resolve));
      return { type: "wait_ok", number: body.number };
    }),
  );
  await wire.init();
  await wire.ask({ type: "wait", msg_id: 1, number: "one" });
  await wire.ask({ type: "wait", msg_id: 2, number: "two" });
  open[1]?.();
  await settled();
  open[0]?.();
  await settled();
  expect(wire.bodies).toMatchObject([{ number: "two" }, { number: "one" }]);
});

it("resolves run at the end of the input, when every handler is done", async () => {
  let finish = () => {};
  const { node, wire, finished } = started((it) =>
    it.handle("slow", async (message) => {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      it.send("n2", { gossip: true });
      return { type: "slow_ok", to: message.src };
    }),
  );
  await wire.init();
  await wire.ask({ type: "slow", msg_id: 1 });
  wire.end();
  let over = false;
  finished.then(() => {
    over = true;
  });
  await settled();
  expect(over).toBe(false);
  finish();
  await finished;
  expect(wire.sent).toEqual([
    { src: "n1", dest: "n2", body: { gossip: true } },
    { src: "n1", dest: "c1", body: { type: "slow_ok", to: "c1", in_reply_to: 1 } },
  ]);
  await expect(node.run(wire)).rejects.toThrow("run() once");
});

it("takes one handler for a type", () => {
  const node = new Node();
  node.handle("echo", () => {});
  expect(() => node.handle("echo", () => {})).toThrow('a handler for "echo" is registered already');
});

it("writes no field twice", async () => {
  const { wire } = started((it) => it.handle("test", () => ({ type: "test_ok", in_reply_to: 99 })));
  const lines: string[] = [];
  wire.write = (line) => lines.push(line);
  await wire.init();
  await wire.ask({ type: "test", msg_id: 2 });
  expect(lines[1]).toBe('{"src":"n1","dest":"c1","body":{"type":"test_ok","in_reply_to":2}}');
});

it("sends and takes integers of any size", async () => {
  const { node, wire } = started((it) =>
    it.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo })),
  );
  const lines: string[] = [];
  wire.write = (line) => lines.push(line);
  await wire.init();
  wire.line(
    '{"src":"c1","dest":"n1","body":{"type":"echo","msg_id":1,"echo":[9007199254740993,{"a":-1e3}]}}',
  );
  node.send("n2", { big: 2n ** 64n });
  expect(lines.slice(1)).toEqual([
    '{"src":"n1","dest":"c1","body":{"type":"echo_ok","echo":[9007199254740993,{"a":-1000}],"in_reply_to":1}}',
    '{"src":"n1","dest":"n2","body":{"big":18446744073709551616}}',
  ]);
});

it("knows each node it writes to by name, whatever the names are, and however many", async () => {
  const { node, wire } = started();
  await wire.init();
  const names = ['"', "\\", "ü", "", "__proto__", ...Array.from({ length: 3000 }, (_, i) => `c${i}`)];
  for (const name of [...names, ...names]) node.send(name, { type: "hello" });
  expect(wire.sent.map(({ src, dest }) => [src, dest])).toEqual(
    [...names, ...names].map((name) => ["n1", name]),
  );
});

it("does something again and again, from init to the end of the input", async () => {
  const net = testNetwork();
  const times: number[] = [];
  const node = net.start("n1", (it) => it.every(100, () => void times.push(net.now)));
  await net.advance(250);
  const stop = node.every(10, () => {
    times.push(-net.now);
    if (net.now === 270) stop();
  });
  await net.advance(100);
  expect(times).toEqual([100, 200, -260, -270, 300]);
  await net.stop("n1");
  node.every(10, () => void times.push(0));
  await net.advance(1000);
  expect(times).toHaveLength(5);
  for (const ms of [0, -1, Number.NaN, 2 ** 31]) expect(() => node.every(ms, () => {})).toThrow(RangeError);
});

it("leaves out the times at which the time before is not over, and goes on after one that failed", async () => {
  const net = testNetwork();
  const times: number[] = [];
  net.start("n1", (it) =>
    it.every(100, async () => {
      times.push(net.now);
      if (net.now === 100) await it.rpc("n1", { type: "slow" }, { timeout: 250 });
      if (net.now === 400) throw new Error("once");
    }),
  );
  net.drop(({ body }) => body.type === "slow");
  await net.advance(650);
  expect(times).toEqual([100, 400, 500, 600]);
});

it("ends when what happens again and again is over, whatever it waits for", async () => {
  const net = testNetwork();
  let over = false;
  net.start("n1", (it) =>
    it.every(100, async () => {
      await it.rpc("n1", { type: "never" }, { retry: true }).catch(() => {});
      over = true;
    }),
  );
  net.drop(({ body }) => body.type === "never");
  await net.advance(150);
  await net.stop("n1");
  expect(over).toBe(true);
});

it("takes for a reply only what answers something that was asked", async () => {
  const { node, wire } = started();
  await wire.init();
  const reply = node.rpc("n2", { type: "ask" });
  for (const in_reply_to of [0, -1, 2, 99]) await wire.ask({ type: "wrong", in_reply_to });
  await wire.ask({ type: "right", in_reply_to: 1 });
  await wire.ask({ type: "late", in_reply_to: 1 });
  expect(await reply).toMatchObject({ type: "right" });
});

it("cannot send before it runs and has its name", async () => {
  const node = new Node();
  await expect(node.rpc("n2", { type: "ask" })).rejects.toThrow("call run()");
  expect(() => node.send("n2", {})).toThrow("before init");
  const running = started();
  await expect(running.node.rpc("n2", { type: "ask" })).rejects.toThrow("before init");
  expect(running.wire.sent).toEqual([]);
});

it("goes on after a time that failed at once", async () => {
  const net = testNetwork();
  const times: number[] = [];
  net.start("n1", (it) =>
    it.every(100, () => {
      times.push(net.now);
      if (net.now === 200) throw new Error("once");
    }),
  );
  await net.advance(450);
  expect(times).toEqual([100, 200, 300, 400]);
});

it("starts once what a request that came before init wants done again and again", async () => {
  const net = testNetwork();
  const times: number[] = [];
  let stop = (): void => {};
  net.start("n1", (it) => {
    it.handle("init", () => it.rpc("n2", { type: "hello" }).then(() => {}));
    it.handle("begin", () => {
      stop = it.every(100, () => void times.push(net.now));
    });
  });
  const held = net.hold(({ dest }) => dest === "n2");
  net.start("n2", (it) => it.handle("hello", () => ({ type: "hello_ok" })));
  await net.advance(0);
  net.client().send("n1", { type: "begin" });
  await net.advance(0);
  held.release();
  await net.advance(250);
  stop();
  await net.advance(250);
  expect(times).toEqual([100, 200]);
});

it("stops everything at once at the end of the input", async () => {
  const net = testNetwork();
  const times: number[] = [];
  let finish = (): void => {};
  net.start("n1", (it) => {
    it.every(
      10,
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    it.every(10, () => void times.push(net.now));
  });
  await net.advance(25);
  const stopped = net.stop("n1");
  await net.advance(50);
  finish();
  await stopped;
  expect(times).toEqual([10, 20]);
});

it("takes a reply that is there before sending it is over", async () => {
  const node = new Node();
  let take = (_: string): void => {};
  void node.run({
    read: (receive) => {
      take = receive;
      return new Promise(() => {});
    },
    write(line) {
      const { src, dest, body } = JSON.parse(line);
      if (body.type === "ask")
        take(JSON.stringify({ src: dest, dest: src, body: { type: "ask_ok", in_reply_to: body.msg_id } }));
    },
    async flush() {},
  });
  take('{"src":"c0","dest":"n1","body":{"type":"init","msg_id":1,"node_id":"n1","node_ids":[]}}');
  await settled();
  expect(await node.rpc("n2", { type: "ask" })).toMatchObject({ type: "ask_ok" });
});

it("leaves stdin and stdout alone when it is run a second time", async () => {
  const { node } = started();
  const { write } = process.stdout;
  const listeners = process.listenerCount("SIGTERM");
  await expect(node.run()).rejects.toThrow("run() once");
  expect([process.stdout.write, process.listenerCount("SIGTERM")]).toEqual([write, listeners]);
});

it("begins nothing when init is done only after the input has ended", async () => {
  const net = testNetwork();
  const times: number[] = [];
  let finish = (): void => {};
  net.start("n1", (it) => {
    it.handle(
      "init",
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    it.every(10, () => void times.push(net.now));
  });
  await net.advance(0);
  const stopped = net.stop("n1");
  finish();
  await stopped;
  await net.advance(100);
  expect(times).toEqual([]);
});
