import fc from "fast-check";
import { expect, it } from "vitest";
import { nemesisThread, type Thread, ThreadSet } from "./threads.ts";

const most = 200;
const thread = fc.integer({ min: nemesisThread, max: most });
const threads = fc.uniqueArray(thread, { maxLength: 2 * most, size: "max" });
/** All threads, and some that no set has, beyond the end of its bits. */
const asked = Array.from({ length: most + 100 }, (_, i) => nemesisThread + i);

/** What there is to see of a set. */
function seen(set: ThreadSet): unknown {
  return {
    threads: [...set],
    size: set.size,
    has: asked.filter((thread) => set.has(thread)),
    from: asked.map((thread) => set.from(thread)),
  };
}

/** The same of a set as everybody knows it. */
function expected(model: ReadonlySet<Thread>): unknown {
  const threads = [...model].sort((a, b) => a - b);
  return {
    threads,
    size: model.size,
    has: threads,
    from: asked.map((thread) => threads.find((other) => other >= thread) ?? threads[0]),
  };
}

it("has whatever was put into it and not taken out again; no set is changed by the next", () => {
  const changes = fc.array(fc.record({ put: fc.boolean(), thread }), { maxLength: 60 });
  fc.assert(
    fc.property(threads, changes, (start, changes) => {
      let model: ReadonlySet<Thread> = new Set(start);
      let set = ThreadSet.of(...start);
      const history = [{ model, set }];
      for (const { put, thread } of changes) {
        model = new Set(put ? [...model, thread] : [...model].filter((other) => other !== thread));
        set = put ? set.with(thread) : set.without(thread);
        history.push({ model, set });
      }
      for (const { model, set } of history) expect(seen(set)).toEqual(expected(model));
    }),
  );
});

it("is itself when it has what is put in, or has not what is taken out", () => {
  fc.assert(
    fc.property(threads, thread, (start, thread) => {
      const set = ThreadSet.of(...start);
      expect(set.has(thread) ? set.with(thread) : set.without(thread)).toBe(set);
    }),
  );
});

it("has no thread twice", () => {
  expect(seen(ThreadSet.of(3, nemesisThread, 3))).toEqual(expected(new Set([nemesisThread, 3])));
});

it("gives what is in both, and what is in one but not the other", () => {
  fc.assert(
    fc.property(threads, threads, (these, those) => {
      const [one, other] = [ThreadSet.of(...these), ThreadSet.of(...those)];
      const common = new Set(these.filter((thread) => those.includes(thread)));
      const difference = new Set(these.filter((thread) => !those.includes(thread)));
      expect(seen(one.and(other))).toEqual(expected(common));
      expect(seen(one.butNot(other))).toEqual(expected(difference));
      expect(seen(one)).toEqual(expected(new Set(these)));
    }),
  );
});

it("is a range, which is empty when it ends before it begins, and can be changed as any other", () => {
  fc.assert(
    fc.property(thread, thread, thread, (first, end, extra) => {
      const model = new Set(asked.filter((thread) => thread >= first && thread < end));
      const range = ThreadSet.range(first, end);
      expect(seen(range)).toEqual(expected(model));
      expect(seen(range.with(extra))).toEqual(expected(new Set([...model, extra])));
      model.delete(extra);
      expect(seen(range.without(extra))).toEqual(expected(model));
    }),
  );
});

it("has the nemesis before all clients, but asked from a client on, after them", () => {
  const set = ThreadSet.range(nemesisThread, 2);
  expect([...set]).toEqual([nemesisThread, 0, 1]);
  expect([nemesisThread, 0, 1, 2].map((thread) => set.from(thread))).toEqual([
    nemesisThread,
    0,
    1,
    nemesisThread,
  ]);
});
