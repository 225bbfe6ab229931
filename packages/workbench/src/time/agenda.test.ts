import fc from "fast-check";
import { expect, it } from "vitest";
import { Agenda } from "./agenda.ts";

it("gives tasks in the order of their times, those of one time in the order of adding, without the cancelled", () => {
  const entry = fc.record({ time: fc.nat({ max: 20 }), cancel: fc.boolean() });
  // Large enough for a task to move up when it takes the place of a cancelled one.
  const size = { minLength: 5, maxLength: 60, size: "max" } as const;
  fc.assert(
    fc.property(fc.array(entry, size), (entries) => {
      const agenda = new Agenda();
      const ran: number[] = [];
      const tasks = entries.map(({ time }, i) => agenda.add(time, () => ran.push(i)));
      for (const [i, { cancel }] of entries.entries()) {
        if (cancel) tasks[i]?.cancel();
      }
      for (let task = agenda.takeDue(20); task !== undefined; task = agenda.takeDue(20)) task();
      const expected = entries
        .map((each, i) => ({ ...each, i }))
        .filter(({ cancel }) => !cancel)
        .sort((a, b) => a.time - b.time || a.i - b.i)
        .map(({ i }) => i);
      expect(ran).toEqual(expected);
      expect(agenda.size).toBe(0);
    }),
    { numRuns: 1000 },
  );
});

it("keeps what is not due, and forgives a second cancel", () => {
  const agenda = new Agenda();
  const task = agenda.add(10, () => {});
  agenda.add(11, () => {});
  expect(agenda.takeDue(9)).toBeUndefined();
  task.cancel();
  task.cancel();
  expect([agenda.next, agenda.size]).toEqual([11, 1]);
});
