import { expect, it } from "vitest";
import { millisecond } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { Journal } from "./journal.ts";
import type { LatencyDistribution } from "./latency.ts";
import { Network } from "./network.ts";

function setUp(mean: number, distribution: LatencyDistribution, ...names: string[]) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const journal = new Journal((line) => lines.push(line));
  const random = randomStream(1, "latency");
  const network = new Network({ latency: { mean, distribution }, clock, random, journal });
  const arrived: { dest: string; number: unknown; at: number }[] = [];
  for (const name of names) {
    network.attach(name, ({ dest, body }) =>
      arrived.push({ dest, number: body.number, at: clock.now() / millisecond }),
    );
  }
  const send = (src: string, dest: string, number: number): void => {
    const body = { type: "test", number };
    network.send({ src, dest, text: JSON.stringify(body), body });
  };
  return { clock, network, journal, lines, arrived, send };
}

it("holds messages between servers back for their latency, and those of clients not at all", async () => {
  const { clock, arrived, send } = setUp(50, "constant", "n0", "n1", "c1");
  send("n0", "n1", 1);
  send("c1", "n1", 2);
  send("n1", "c1", 3);
  await clock.run();
  expect(arrived).toEqual([
    { dest: "n1", number: 2, at: 0 },
    { dest: "c1", number: 3, at: 0 },
    { dest: "n1", number: 1, at: 50 },
  ]);
});

it("delivers in the order of deadlines, so that messages overtake each other", async () => {
  const { clock, arrived, send } = setUp(50, "exponential", "n0", "n1");
  for (let i = 0; i < 100; i++) send("n0", "n1", i);
  await clock.run();
  const times = arrived.map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
  const numbers = arrived.map(({ number }) => number);
  expect(numbers).not.toEqual([...numbers.keys()]);
  expect(new Set(numbers).size).toBe(100);
});

it("keeps the order of messages with the same deadline", async () => {
  const { clock, arrived, send } = setUp(50, "constant", "n0", "n1");
  for (let i = 0; i < 100; i++) send("n0", "n1", i);
  await clock.run();
  expect(arrived.map(({ number }) => number)).toEqual([...Array(100).keys()]);
});

it("loses what is under way to somebody who leaves, and still knows them", async () => {
  const { clock, network, arrived, send, journal } = setUp(50, "constant", "n0", "n1");
  send("n0", "n1", 1);
  network.detach("n1");
  await clock.run();
  expect(arrived).toEqual([]);
  expect([network.knows("n1"), network.knows("n2")]).toEqual([true, false]);
  expect(journal.counts.servers).toMatchObject({ sent: 1, received: 0 });
});

it("journals each send with its body as it came, and each receive", async () => {
  const { clock, network, lines, journal } = setUp(1, "constant", "n0", "c1");
  network.send({ src: "c1", dest: "n0", text: '{"type": "a" }', body: { type: "a" } });
  network.send({ src: "n0", dest: "n0", text: "{}", body: {} });
  await clock.run();
  expect(lines).toEqual([
    '{"time":0,"event":"send","id":0,"src":"c1","dest":"n0","body":{"type": "a" }}\n',
    '{"time":0,"event":"recv","id":0,"src":"c1","dest":"n0"}\n',
    '{"time":0,"event":"send","id":1,"src":"n0","dest":"n0","body":{}}\n',
    '{"time":1000000,"event":"recv","id":1,"src":"n0","dest":"n0"}\n',
  ]);
  expect(journal.counts).toEqual({
    clients: { sent: 1, received: 1, byType: new Map([["a", 1]]) },
    servers: { sent: 1, received: 1, byType: new Map([["(no type)", 1]]) },
  });
});
