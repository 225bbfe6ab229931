import fc from "fast-check";
import { expect, it } from "vitest";
import { RecentStates } from "./recent-states.ts";

it("has one empty state at first", () => {
  const states = new RecentStates(3);
  expect([states.oldest, states.newest, states.get(0, "x")]).toEqual([0, 0, undefined]);
});

it("gives what whole copies of the last states would", () => {
  const key = fc.constantFrom("x", "y", "z");
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 5 }),
      fc.array(key, { size: "max", maxLength: 30 }),
      (kept, keys) => {
        const states = new RecentStates(kept);
        const copies: ReadonlyMap<string, string>[] = [new Map()];
        for (const [i, k] of keys.entries()) {
          states.set(k, `${i}`);
          copies.push(new Map([...(copies.at(-1) ?? []), [k, `${i}`]]));
          expect(states.newest).toBe(copies.length - 1);
          expect(states.oldest).toBe(Math.max(0, copies.length - kept));
          for (let state = states.oldest; state <= states.newest; state++) {
            for (const any of ["x", "y", "z"]) expect(states.get(state, any)).toBe(copies[state]?.get(any));
          }
        }
      },
    ),
  );
});
