import fc from "fast-check";
import { expect, it } from "vitest";
import { isToldAs, type Mention } from "../pictures/mentions.ts";
import { PointRecorder } from "../pictures/points.ts";
import type { OperationColumns } from "../pictures/run-data.ts";
import { namedMessages, namedOperations } from "./named.ts";

const mention = (process: number | undefined, time: number, messages: readonly number[] = []): Mention => ({
  from: 0,
  to: 1,
  ...(process !== undefined && { process }),
  time,
  messages,
});

it("all operations that began or ended when a text says so may be meant, and no others", () => {
  const operation = fc.record({ pause: fc.nat(2_000_000), latency: fc.option(fc.nat(9_000_000)) });
  fc.assert(
    fc.property(
      fc.array(operation, { maxLength: 30 }),
      fc.array(fc.nat(60), { maxLength: 5 }),
      (list, told) => {
        const recorder = new PointRecorder();
        const common = { index: 0, f: "echo", value: null } as const;
        let time = 0;
        // Each of a process of its own.
        const operations = list.map(({ pause, latency }, process) => {
          time += pause;
          return { process, start: time, end: latency === null ? undefined : time + latency };
        });
        const entries = operations.flatMap(({ process, start, end }) => [
          { ...common, type: "invoke" as const, process, time: start },
          ...(end === undefined ? [] : [{ ...common, type: "ok" as const, process, time: end }]),
        ]);
        for (const entry of entries.sort((a, b) => a.time - b.time)) recorder.add(entry);
        const mentions = [...told, ...told].map((ms) => mention(3, ms / 1000));
        const named = namedOperations([...mentions, mention(undefined, 0)], recorder.points());
        const expected = operations
          .filter(({ start, end }) =>
            told.some((ms) => [start, end].some((at) => at !== undefined && isToldAs(at, ms / 1000))),
          )
          .map(({ start }) => start);
        expect([...named.keys()].sort((a, b) => a - b)).toEqual([...new Set(expected)]);
        for (const processes of named.values()) expect(processes).toEqual([3]);
      },
    ),
  );
});

it("the messages of a named operation are those that the text tells, and those that it leaves out", () => {
  const columns = { process: [1, 2], start: [1e9, 2e9], end: [3e9, -1], messages: [[1, 2, 3, 4, 5, 6], []] };
  const empty = {
    total: 2,
    functions: [],
    index: [],
    ending: "",
    f: [],
    node: [],
    asked: [],
    answered: [],
    error: [],
  };
  const operations: OperationColumns = { ...empty, ...columns };
  const mentions = [mention(1, 1, [1, 6]), mention(2, 2), mention(7, 7, [70])];
  const { ids, during } = namedMessages(mentions, operations, 9e9);
  expect([...ids].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 70]);
  expect(during).toEqual([
    { from: 1e9, to: 3e9 },
    { from: 2e9, to: 9e9 },
  ]);
});
