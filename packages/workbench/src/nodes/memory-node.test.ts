import { expect, it } from "vitest";
import { second } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { MemoryNodes, type MemoryProgram } from "./memory-node.ts";

function start(program: MemoryProgram) {
  const clock = new VirtualClock();
  const [lines, exits, logs]: [string[], string[], string[]] = [[], [], []];
  const nodes = new MemoryNodes({
    program,
    clock,
    random: (name) => randomStream(1, name),
    log: (name, line) => logs.push(`${name} ${line}`),
  });
  const listener = {
    line: (line: string) => void lines.push(line),
    longLine: () => {},
    exited: (reason: string) => void exits.push(reason),
  };
  return { clock, lines, exits, logs, start: () => nodes.start("n0", listener) };
}

it("hands a program its lines without their ends, as text, and takes what it sends as bytes", async () => {
  const {
    clock,
    lines,
    start: begin,
  } = start(
    ({ send }) =>
      (line) =>
        send(`got ${line}`),
  );
  const node = begin();
  node.deliver("\u00c3\u00a4\n");
  await clock.run();
  expect(lines).toEqual(["got \u00c3\u00a4"]);
  expect(clock.now()).toBeGreaterThan(0);
});

it("holds lines and timers back while it is paused, but not what was taken back", async () => {
  const {
    clock,
    lines,
    start: begin,
  } = start(({ send, clock: own }) => {
    own.schedule(2 * second, () => send("timer"));
    const other = own.schedule(2 * second, () => send("never"));
    own.schedule(4 * second, () => other.cancel());
    return (line) => send(line);
  });
  const node = begin();
  await clock.run(second);
  node.pause();
  node.deliver("line\n");
  await clock.run(3 * second);
  expect(lines).toEqual([]);
  node.resume();
  expect(lines).toEqual(["line", "timer", "never"]);
});

it("does what was held back once, however often it is paused", async () => {
  const {
    clock,
    lines,
    start: begin,
  } = start(
    ({ send }) =>
      (line) =>
        send(line),
  );
  const node = begin();
  await clock.run(second);
  for (const line of ["one\n", "two\n"]) {
    node.pause();
    node.deliver(line);
    await clock.run(clock.now() + second);
    node.resume();
  }
  expect(lines).toEqual(["one", "two"]);
});

it("does nothing after a kill, neither what it was given nor what it had begun", async () => {
  const done: string[] = [];
  const {
    clock,
    lines,
    start: begin,
  } = start(({ send, clock: own }) => (line) => {
    done.push(line);
    own.schedule(own.now() + second, () => done.push("timer"));
    void Promise.resolve().then(() => send("from a promise"));
  });
  const node = begin();
  node.deliver("before\n");
  clock.schedule(1500, () => void node.kill());
  await clock.run(1400);
  expect(lines).toEqual(["from a promise"]);
  node.deliver("after\n");
  await clock.run();
  expect(done).toEqual(["before"]);
  const late = start(({ send }) => () => {
    setImmediate(() => send("too late"));
  });
  const other = late.start();
  other.deliver("x\n");
  await late.clock.run(1000);
  await other.kill();
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(late.lines).toEqual([]);
});

it("forgets what was taken back while it was paused", async () => {
  let cancel = (): void => {};
  const {
    clock,
    lines,
    start: begin,
  } = start(({ send, clock: own }) => {
    const timer = own.schedule(second, () => send("never"));
    cancel = () => timer.cancel();
    return () => {};
  });
  const node = begin();
  await clock.run(0);
  node.pause();
  await clock.run(2 * second);
  cancel();
  node.resume();
  expect(lines).toEqual([]);
});

it("says and hears nothing after a kill, and starts anew with what it kept", async () => {
  let lives = 0;
  const {
    clock,
    lines,
    logs,
    exits,
    start: begin,
  } = start(({ send, data, log, clock: own }) => {
    const life = ++lives;
    data.set("lives", `${Number(data.get("lives") ?? 0) + 1}`);
    log(`life ${data.get("lives")}`);
    own.schedule(5 * second, () => send(`timer of ${life}`));
    return (line) => send(`${line} in ${life}`);
  });
  const node = begin();
  await clock.run(second);
  node.deliver("lost\n");
  await node.kill();
  const next = begin();
  next.deliver("hello\n");
  await clock.run();
  expect(lines).toEqual(["hello in 2", "timer of 2"]);
  expect(logs).toEqual(["n0 life 1", "n0 life 2"]);
  expect(next.logTail()).toEqual(["life 2"]);
  expect(exits).toEqual([]);
});

it("tells when a promise of a program rejects", async () => {
  const {
    clock,
    exits,
    start: begin,
  } = start(() => async () => {
    await null;
    throw new Error("later");
  });
  begin().deliver("x\n");
  await clock.run();
  expect(exits).toEqual(["crashed: later"]);
});

it("tells when a program throws, and lets it do nothing more", async () => {
  const {
    clock,
    lines,
    exits,
    start: begin,
  } = start(({ send }) => (line) => {
    if (line === "bad") throw new Error("no such thing");
    send(line);
  });
  const node = begin();
  for (const line of ["good", "bad", "good"]) node.deliver(`${line}\n`);
  await clock.run();
  expect([lines, exits]).toEqual([["good"], ["crashed: no such thing"]]);
  expect(node.logTail().join("\n")).toContain("Error: no such thing");
});
