import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millisecond } from "../time/clock.ts";
import { randomStream } from "../time/random.ts";
import { VirtualClock } from "../time/virtual-clock.ts";
import { Journal } from "./journal.ts";
import type { Link } from "./link.ts";
import { draft } from "./message.ts";
import { maxUnderWay, Network } from "./network.ts";

/** A network of these names; a link is without latency and perfect, but for what is given. */
function setUp(link: Partial<Link>, ...names: string[]) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const journal = new Journal((line) => lines.push(line));
  const latency = { mean: 0, distribution: "constant" } as const;
  const network = new Network({
    link: { latency, loss: 0, duplication: 0, reordering: 0, ...link },
    clock,
    random: (name) => randomStream(1, name),
    journal,
  });
  const arrived: { dest: string; number: unknown; at: number }[] = [];
  const attach = (name: string, full = () => false): void =>
    network.attach(name, {
      receive: ({ dest, body }) => arrived.push({ dest, number: body.number, at: clock.now() / millisecond }),
      full,
    });
  for (const name of names) attach(name);
  const send = (src: string, dest: string, number: number): number =>
    network.send(draft(src, dest, { type: "test", number }));
  const numbers = () => arrived.map(({ number }) => number);
  const drops = () =>
    lines
      .filter((line) => line.includes('"event":"drop"'))
      .map((line) => JSON.parse(line))
      .map(({ id, why }) => [id, why]);
  return { clock, network, journal, lines, arrived, attach, send, numbers, drops };
}

const constant = (mean: number) => ({ latency: { mean, distribution: "constant" } }) as const;
const first = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("latency", () => {
  it("holds messages between servers back, and those of clients not at all", async () => {
    const { clock, arrived, send } = setUp(constant(50), "n0", "n1", "c1");
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

  it("decides the order of delivery, so that messages overtake each other", async () => {
    const latency = { mean: 50, distribution: "exponential" } as const;
    const { clock, arrived, send, numbers } = setUp({ latency }, "n0", "n1");
    for (const i of first(100)) send("n0", "n1", i);
    await clock.run();
    const times = arrived.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(numbers()).not.toEqual(first(100));
    expect(new Set(numbers()).size).toBe(100);
  });

  it("keeps the order of messages with the same deadline", async () => {
    const { clock, send, numbers } = setUp(constant(50), "n0", "n1");
    for (const i of first(100)) send("n0", "n1", i);
    await clock.run();
    expect(numbers()).toEqual(first(100));
  });

  it("can be another for one pair, in one direction", async () => {
    const { clock, network, arrived, send } = setUp(constant(50), "n0", "n1");
    const lift = network.links.disturb({
      affects: (src, dest) => src === "n0" && dest === "n1",
      change: (link) => ({ ...link, ...constant(200) }),
    });
    send("n0", "n1", 1);
    send("n1", "n0", 2);
    await clock.run();
    expect(arrived.map(({ number, at }) => [number, at])).toEqual([
      [2, 50],
      [1, 200],
    ]);
    lift();
    expect(network.links.between("n0", "n1")).toMatchObject(constant(50));
  });
});

describe("links", () => {
  it("lose the part of the messages that is asked for, when they are sent, and none of clients", async () => {
    const { clock, send, numbers, drops, journal } = setUp({ loss: 0.3, ...constant(10) }, "n0", "n1", "c1");
    for (const i of first(10_000)) send("n0", "n1", i);
    for (const i of first(100)) send("c1", "n1", i);
    // That many are lost by now, before any has arrived; the standard deviation is 46.
    const lost = drops().length;
    expect(Math.abs(lost - 3000)).toBeLessThan(200);
    await clock.run();
    expect(numbers()).toHaveLength(10_100 - lost);
    expect(journal.counts.servers.received).toBe(10_000 - lost);
    expect(drops()).toHaveLength(lost);
    expect(new Set(drops().map(([, why]) => why))).toEqual(new Set(["loss"]));
  });

  it("loses one message independently of another", async () => {
    const { clock, send, numbers } = setUp({ loss: 0.5 }, "n0", "n1");
    for (const i of first(10_000)) send("n0", "n1", i);
    await clock.run();
    const came = new Set(numbers());
    // Of those that came, half are followed by another that came; the standard deviation is 35.
    const pairs = first(9999).filter((i) => came.has(i) && came.has(i + 1)).length;
    expect(Math.abs(pairs - 2500)).toBeLessThan(180);
  });

  it("deliver the part that is asked for twice, each copy with its own latency", async () => {
    const latency = { mean: 10, distribution: "exponential" } as const;
    const { clock, send, arrived, journal } = setUp({ duplication: 0.2, latency }, "n0", "n1");
    for (const i of first(10_000)) send("n0", "n1", i);
    await clock.run();
    const times = new Map<unknown, number[]>();
    for (const { number, at } of arrived) times.set(number, [...(times.get(number) ?? []), at]);
    const twice = [...times.values()].filter(({ length }) => length === 2);
    expect(times.size).toBe(10_000);
    expect(Math.abs(twice.length - 2000)).toBeLessThan(170);
    expect(twice.every(([one, other]) => one !== other)).toBe(true);
    expect(journal.counts.servers).toMatchObject({ sent: 10_000, received: 10_000 + twice.length });
  });

  it("hold the part that is asked for back, so that later ones overtake them", async () => {
    const { clock, network, send, arrived } = setUp({ reordering: 0.1, ...constant(1) }, "n0", "n1");
    for (const i of first(1000)) {
      clock.schedule(i * millisecond, () => send("n0", "n1", i));
    }
    await clock.run();
    const late = arrived.filter(({ number, at }) => at > Number(number) + 1);
    expect(Math.abs(late.length - 100)).toBeLessThan(40);
    expect(Math.max(...arrived.map(({ number, at }) => at - Number(number)))).toBeLessThan(12);
    expect(arrived.map(({ number }) => number)).not.toEqual(first(1000));
    expect(network.links.between("n0", "n1").reordering).toBe(0.1);
  });

  it("draw loss, duplication, reordering and latency from streams of their own", async () => {
    const latency = { mean: 10, distribution: "uniform" } as const;
    const arrivals = async (link: Partial<Link>) => {
      const { clock, send, arrived } = setUp({ latency, ...link }, "n0", "n1");
      for (const i of first(100)) send("n0", "n1", i);
      await clock.run();
      return new Map(arrived.map(({ number, at }) => [number, at]));
    };
    const [plain, lossy] = [await arrivals({}), await arrivals({ loss: 0.0001 })];
    expect(lossy).toEqual(plain);
  });

  it("ask for each of these streams by a name of its own", () => {
    const names: string[] = [];
    const random = (name: string) => {
      names.push(name);
      return randomStream(1, name);
    };
    const link = { ...constant(1), loss: 0, duplication: 0, reordering: 0 };
    new Network({ link, clock: new VirtualClock(), random, journal: new Journal(() => {}) });
    expect(names.sort()).toEqual(["duplication", "latency", "loss", "reordering"]);
  });

  it("take the same disturbance twice as two", () => {
    const { network } = setUp({});
    const disturbance = { affects: () => true, change: (link: Link) => ({ ...link, loss: link.loss + 0.1 }) };
    const lift = network.links.disturb(disturbance);
    network.links.disturb(disturbance);
    expect(network.links.between("n0", "n1").loss).toBeCloseTo(0.2);
    lift();
    lift();
    expect(network.links.between("n0", "n1").loss).toBeCloseTo(0.1);
  });

  it("add disturbances up, and take each away on its own", () => {
    const { network } = setUp({ loss: 0.5 });
    const worse = (part: number) => ({
      affects: (src: string) => src === "n0",
      change: (link: Link) => ({ ...link, loss: link.loss + part }),
    });
    const loss = (src: string) => network.links.between(src, "n9").loss;
    const lift = [network.links.disturb(worse(0.1)), network.links.disturb(worse(0.2))];
    expect(loss("n0")).toBeCloseTo(0.8);
    expect(loss("n1")).toBe(0.5);
    lift[0]?.();
    expect(loss("n0")).toBeCloseTo(0.7);
    lift[1]?.();
    expect(loss("n0")).toBe(0.5);
  });
});

describe("partitions", () => {
  const names = ["n0", "n1", "n2", "n3"];
  const grudges = fc
    .array(fc.tuple(fc.constantFrom(...names), fc.subarray(names)), { maxLength: 4 })
    .map((cuts) => new Map(cuts.map(([dest, sources]) => [dest, new Set(sources)])));

  it("cut exactly the pairs that they say, in the direction that they say, and heal", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(grudges, { maxLength: 3 }), async (all) => {
        const { clock, network, send, numbers, drops } = setUp(constant(1), ...names, "c1");
        for (const grudge of all) network.partition.cut(grudge);
        const links = names.flatMap((src) => names.map((dest) => [src, dest] as const));
        const isCut = ([src, dest]: readonly [string, string]): boolean =>
          all.some((grudge) => grudge.get(dest)?.has(src));
        for (const [i, [src, dest]] of links.entries()) send(src, dest, i);
        for (const [i, dest] of names.entries()) send("c1", dest, 100 + i);
        await clock.run();
        const open = links.flatMap((link, i) => (isCut(link) ? [] : [i]));
        expect(numbers().toSorted((a, b) => Number(a) - Number(b))).toEqual([...open, 100, 101, 102, 103]);
        expect(drops()).toEqual(links.flatMap((link, i) => (isCut(link) ? [[i, "partition"]] : [])));
        network.partition.heal();
        for (const [src, dest] of links) send(src, dest, 200);
        await clock.run();
        expect(numbers().filter((number) => number === 200)).toHaveLength(links.length);
      }),
    );
  });

  it("cut off what is under way, and let through what is still under way when they heal", async () => {
    const { clock, network, send, numbers } = setUp(constant(10), "n0", "n1");
    send("n0", "n1", 1);
    network.partition.cut(new Map([["n1", new Set(["n0"])]]));
    await clock.run(10 * millisecond);
    send("n0", "n1", 2);
    await clock.run(15 * millisecond);
    network.partition.heal();
    await clock.run();
    expect(numbers()).toEqual([2]);
  });
});

describe("receivers", () => {
  it("that have left lose what is under way to them, and are still known", async () => {
    const { clock, network, arrived, send, journal, drops } = setUp(constant(50), "n0", "n1");
    send("n0", "n1", 1);
    network.detach("n1");
    await clock.run();
    expect(arrived).toEqual([]);
    expect([network.knows("n1"), network.knows("n2")]).toEqual([true, false]);
    expect(journal.counts.servers).toMatchObject({ sent: 1, received: 0 });
    expect(drops()).toEqual([[0, "down"]]);
  });

  it("that come back get nothing of what was sent to the one before", async () => {
    const { clock, network, attach, send, numbers, drops } = setUp(constant(50), "n0", "n1");
    send("n0", "n1", 1);
    network.detach("n1");
    send("n0", "n1", 2);
    attach("n1");
    send("n0", "n1", 3);
    await clock.run();
    expect(numbers()).toEqual([3]);
    expect(drops()).toEqual([
      [0, "down"],
      [1, "down"],
    ]);
  });

  it("that are full lose what comes", async () => {
    const { clock, network, attach, send, numbers, drops } = setUp({}, "n0");
    let full = true;
    attach("n1", () => full);
    send("n0", "n1", 1);
    full = false;
    send("n0", "n1", 2);
    await clock.run();
    expect([numbers(), drops()]).toEqual([[2], [[0, "full"]]]);
    expect(() => network.attach("n1", { receive() {} })).toThrow("there are two of n1");
  });

  it("get what they send to themselves while they take another, after that", () => {
    const { network } = setUp({});
    const seen: unknown[] = [];
    network.attach("n0", {
      receive({ body: { number } }) {
        if (typeof number === "number" && number < 3) network.send(draft("n0", "n0", { number: number + 1 }));
        seen.push(number);
      },
    });
    network.send(draft("n0", "n0", { number: 1 }));
    expect(seen).toEqual([1, 2, 3]);
  });
});

it("lets no more be under way than memory has room for", async () => {
  const { clock, network, drops } = setUp(constant(1), "n0", "n1");
  const long = { src: "n0", dest: "n1", text: " ".repeat(maxUnderWay / 2 - 1000), body: {} };
  for (const _ of first(3)) network.send(long);
  expect(drops()).toEqual([[2, "full"]]);
  await clock.run();
  network.send(long);
  await clock.run();
  expect(drops()).toHaveLength(1);
});

it("journals each send with its body as it came, and each receive", async () => {
  const { clock, network, lines, journal } = setUp(constant(1), "n0", "c1");
  network.send({ src: "c1", dest: "n0", text: '{"type": "a\xff" }', body: { type: "a" } });
  network.send({ src: "n0", dest: "n0", text: "{}", body: {} });
  await clock.run();
  expect(lines).toEqual([
    '{"time":0,"event":"send","id":0,"src":"c1","dest":"n0","body":{"type": "a\xff" }}\n',
    '{"time":0,"event":"recv","id":0,"src":"c1","dest":"n0"}\n',
    '{"time":0,"event":"send","id":1,"src":"n0","dest":"n0","body":{}}\n',
    '{"time":1000000,"event":"recv","id":1,"src":"n0","dest":"n0"}\n',
  ]);
  expect(journal.counts).toMatchObject({
    clients: { sent: 1, received: 1, byType: new Map([["a", 1]]) },
    servers: { sent: 1, received: 1, byType: new Map([["(no type)", 1]]) },
  });
});
