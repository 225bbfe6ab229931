import { expect, test } from "vitest";
import { atTime } from "./at-time.ts";

const bins = {
  from: 10e9,
  width: 5e8,
  functions: ["read", "write"],
  series: [
    {
      ok: [1, 0, 4],
      fail: [0, 0, 1],
      info: [0, 0, 2],
      latencies: [
        [1e6, -1, 2e6],
        [3e6, -1, 2.5e6],
      ],
    },
    {
      ok: [2, 0, 0],
      fail: [0, 0, 0],
      info: [0, 0, 0],
      latencies: [
        [4e6, -1, -1],
        [5e6, -1, -1],
      ],
    },
  ],
};

test.each([
  [10.1e9, "6.00 ok a second; longest latency 5.00 ms"],
  [10.5e9, "0 ok a second"],
  [11.4e9, "8.00 ok, 6.00 not ok a second; longest latency 2.50 ms"],
  [99e9, "0 ok a second"],
  [1e9, "0 ok a second"],
])("at %d ns: %s", (time, text) => expect(atTime(bins, time)).toBe(text));
