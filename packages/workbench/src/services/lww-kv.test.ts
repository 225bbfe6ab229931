import fc from "fast-check";
import { expect, it } from "vitest";
import { type Random, randomStream } from "../time/random.ts";
import { LwwKv } from "./lww-kv.ts";

function setUp(random: Random) {
  const service = new LwwKv(random);
  const ask = (type: string, fields: Record<string, number | boolean>) =>
    service.handle({
      client: "n0",
      type,
      fields: new Map(Object.entries(fields).map(([name, value]) => [name, JSON.stringify(value)])),
    });
  return {
    write: (value: number, key = 0) => ask("write", { key, value }),
    cas: (from: number, to: number, create_if_not_exists: boolean) =>
      ask("cas", { key: 0, from, to, create_if_not_exists }),
    /** The value, or undefined when there is none. */
    read: (key = 0): number | undefined => {
      const reply = ask("read", { key });
      return reply.type === "error" ? undefined : Number(reply.fields.value);
    },
  };
}

/** A store of which each request is told which replica is merged into which, and to which it goes. */
function scripted() {
  const draws: number[] = [];
  const integer = (): number => draws.shift() ?? Number.NaN;
  const { read, write, cas } = setUp({ float: () => 0, integer, exponential: () => 0 });
  const on = (replica: 0 | 1, merge: [from: 0 | 1, into: 0 | 1] = [0, 0]) => {
    draws.push(...merge, replica);
    return { read, write, cas };
  };
  return { on };
}

it("misses what was written on the other replica, until they merge in that direction", () => {
  const { on } = scripted();
  on(0).write(1);
  expect(on(0).read()).toBe(1);
  expect(on(1).read()).toBeUndefined();
  expect(on(1, [1, 0]).read()).toBeUndefined();
  expect(on(0, [1, 1]).read()).toBe(1);
  expect(on(1, [0, 1]).read()).toBe(1);
});

it("merges before the request, not after it", () => {
  const { on } = scripted();
  on(0, [0, 1]).write(1);
  expect(on(1).read()).toBeUndefined();
});

it("loses a write to an earlier one that has the larger timestamp", () => {
  const { on } = scripted();
  on(0).write(1);
  on(0).write(2);
  on(1).write(3);
  expect(on(1).read()).toBe(3);
  expect(on(1, [0, 1]).read()).toBe(2);
  expect(on(0, [1, 0]).read()).toBe(2);
});

it("lets a write win over all that its replica knew of", () => {
  const { on } = scripted();
  for (let value = 1; value <= 5; value++) on(0).write(value, value);
  on(0).write(1);
  // What replica 1 learns is the time, of whatever key.
  on(1, [0, 1]).write(2);
  expect(on(0, [1, 0]).read()).toBe(2);
  expect(on(1, [0, 1]).read()).toBe(2);
});

it("agrees on one of two writes with the same timestamp", () => {
  const { on } = scripted();
  on(0).write(1);
  on(1).write(2);
  expect(on(1, [0, 1]).read()).toBe(1);
  expect(on(0, [1, 0]).read()).toBe(1);
});

it("creates a key by a cas that may, where its replica has none", () => {
  const { on } = scripted();
  on(0).write(1);
  expect(on(1).cas(1, 2, false)).toMatchObject({ type: "error", code: 20 });
  expect(on(1).cas(7, 2, true)).toMatchObject({ type: "cas_ok" });
  expect(on(0).cas(7, 2, true)).toMatchObject({ type: "error", code: 22 });
  expect([on(0).read(), on(1).read()]).toEqual([1, 2]);
});

const write = fc.record({ key: fc.nat(2), value: fc.nat() });

it("converges: once nobody writes, all come to read the same, which somebody wrote", () => {
  fc.assert(
    fc.property(fc.nat(), fc.array(write, { minLength: 1, maxLength: 50 }), (seed, writes) => {
      const store = setUp(randomStream(seed, "lww-kv"));
      for (const { key, value } of writes) store.write(value, key);
      // Each time, a replica is merged into the other with probability 1/4.
      for (let i = 0; i < 100; i++) store.read();
      for (const { key } of writes) {
        const values = new Set(Array.from({ length: 20 }, () => store.read(key)));
        expect(values.size).toBe(1);
        expect(writes.filter((w) => w.key === key).map((w) => w.value)).toContain([...values][0]);
      }
    }),
  );
});

it("does lose writes, and does read what is old", () => {
  const store = setUp(randomStream(1, "lww-kv"));
  let [stale, lost] = [0, 0];
  for (let i = 1; i <= 100; i++) {
    store.write(-i);
    store.write(i);
    if (store.read() !== i) stale++;
    for (let j = 0; j < 100; j++) store.read();
    if (store.read() !== i) lost++;
  }
  expect([stale > 10, lost > 10, lost < 90]).toEqual([true, true, true]);
});

it("does the same with the same seed, and something else with another", () => {
  const run = (seed: number) => {
    const store = setUp(randomStream(seed, "lww-kv"));
    return Array.from({ length: 50 }, (_, i) => {
      store.write(i);
      return store.read();
    });
  };
  expect(run(7)).toEqual(run(7));
  expect(run(7)).not.toEqual(run(8));
});
