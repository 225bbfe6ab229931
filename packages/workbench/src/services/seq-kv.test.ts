import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Random, randomStream } from "../time/random.ts";
import { SeqKv } from "./seq-kv.ts";

/** Chance that always shows the oldest state that a client may see, or the newest. */
const oldest: Random = { float: () => 0, integer: () => 0, exponential: () => 0 };
const newest: Random = { ...oldest, integer: (bound) => bound - 1 };

function setUp(random: Random) {
  const service = new SeqKv(random);
  const ask = (client: string, type: string, fields: Record<string, number | boolean>) =>
    service.handle({
      client,
      type,
      fields: new Map(Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)])),
    });
  return {
    write: (client: string, value: number, key = 0) => ask(client, "write", { key, value }),
    cas: (client: string, from: number, to: number, create_if_not_exists = false) =>
      ask(client, "cas", { key: 0, from, to, create_if_not_exists }),
    /** The value, or undefined when there is none. */
    read: (client: string, key = 0): number | undefined => {
      const reply = ask(client, "read", { key });
      return reply.type === "error" ? undefined : Number(reply.fields.value);
    },
  };
}

const seeds = fc.integer({ min: 0 }).map((seed) => randomStream(seed, "seq-kv"));

it("shows a client that has seen nothing yet any of the last 32 states, each about as often", () => {
  const { read, write } = setUp(randomStream(1, "seq-kv"));
  for (let value = 1; value <= 100; value++) write("n0", value);
  const seen = new Map<number | undefined, number>();
  for (let i = 0; i < 3200; i++) {
    const value = read(`c${i}`);
    seen.set(value, (seen.get(value) ?? 0) + 1);
  }
  expect([...seen.keys()].sort((a = 0, b = 0) => a - b)).toEqual(
    Array.from({ length: 32 }, (_, i) => 69 + i),
  );
  for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
});

it("shows the state before the first write, while it is one of the last 32", () => {
  const { read, write } = setUp(oldest);
  for (let value = 1; value <= 31; value++) write("n0", value);
  expect(read("n1")).toBeUndefined();
  write("n0", 32);
  expect(read("n1")).toBe(1);
});

it("shows old states of one key after another was written", () => {
  const { read, write } = setUp(oldest);
  write("n0", 1, 5);
  for (let value = 1; value <= 31; value++) write("n0", value, 6);
  expect([read("n1", 5), read("n1", 6)]).toEqual([1, undefined]);
  write("n0", 2, 5);
  expect([read("n1", 5), read("n1", 6)]).toEqual([1, 1]);
});

it("never goes back behind what a client has seen, or what it has written", () => {
  const writer = fc.record({ writes: fc.constantFrom(true, false), client: fc.nat(3) });
  fc.assert(
    fc.property(seeds, fc.array(writer, { size: "max", maxLength: 300 }), (random, steps) => {
      const { read, write } = setUp(random);
      const seen = new Map<number, number>();
      let last = 0;
      for (const { writes, client } of steps) {
        if (writes) write(`n${client}`, ++last);
        const value = writes ? last : (read(`n${client}`) ?? 0);
        expect(value).toBeGreaterThanOrEqual(Math.max(seen.get(client) ?? 0, last - 31));
        expect(value).toBeLessThanOrEqual(last);
        seen.set(client, value);
      }
    }),
  );
});

it("keeps one order for all keys: who has seen a write sees what was written before it", () => {
  fc.assert(
    fc.property(seeds, fc.array(fc.nat(2), { minLength: 10, maxLength: 100 }), (random, steps) => {
      const { read, write } = setUp(random);
      let last = 0;
      for (const client of steps) {
        last++;
        write("n9", last, 1);
        write("n9", last, 2);
        const second = read(`n${client}`, 2) ?? 0;
        expect(read(`n${client}`, 1) ?? 0).toBeGreaterThanOrEqual(second);
      }
    }),
  );
});

describe("a client that has been away for more than 32 states", () => {
  it.each([
    ["oldest", oldest, 69],
    ["newest", newest, 100],
  ] as const)("sees the %s at most", (_, random, value) => {
    const { read, write } = setUp(random);
    write("n0", 1);
    write("n1", 2);
    for (let i = 3; i <= 100; i++) write("n0", i);
    expect(read("n1")).toBe(value);
  });
});

it("writes on the newest state, whatever the client has seen", () => {
  const { cas, read, write } = setUp(oldest);
  write("n0", 1);
  write("n0", 2);
  // In the state before the first write, this would create the key.
  expect(cas("n1", 2, 3, true)).toMatchObject({ type: "cas_ok" });
  expect(read("n1")).toBe(3);
  // n2 still sees no key, where this would create it; in the newest, the value is 3.
  expect(cas("n2", 1, 4, true)).toMatchObject({ type: "error", code: 22 });
  expect(read("n2")).toBe(3);
});

it("lets what changes nothing happen in the past", () => {
  const { cas, read, write } = setUp(oldest);
  write("n1", 1);
  expect(cas("n2", 1, 2, true)).toMatchObject({ type: "cas_ok" });
  // n1 has not seen the 2 yet, and its second write does nothing where it stands.
  expect(write("n1", 1)).toMatchObject({ type: "write_ok" });
  expect(read("n1")).toBe(1);
  expect(read("n2")).toBe(2);
  // Nor does a cas that fails.
  expect(cas("n1", 2, 3)).toMatchObject({ type: "error", code: 22 });
});

it("does the same with the same seed, and something else with another", () => {
  const run = (seed: number) => {
    const { read, write } = setUp(randomStream(seed, "seq-kv"));
    return Array.from({ length: 50 }, (_, i) => {
      write("n0", i);
      return read(`n${i % 4}`);
    });
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});
