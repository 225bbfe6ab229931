import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthText, timeText, windowText } from "./time-text.ts";

describe("timeText", () => {
  it("has as many digits as it is asked for", () => {
    expect(timeText(3_200_000_000, 1e7)).toBe("3.20 s");
    expect(timeText(3_200_000_000, 1e9)).toBe("3 s");
    expect(timeText(3_200_000_000, 2e10)).toBe("3 s");
    expect(timeText(3_200_000_123, 1)).toBe("3.200000123 s");
    expect(timeText(0, 0)).toBe("0.000000000 s");
  });

  it("is not further from the time than the resolution", () => {
    const time = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(time, fc.integer({ min: 1, max: 1e9 }), (time, resolution) => {
        expect(Math.abs(Number.parseFloat(timeText(time, resolution)) * 1e9 - time)).toBeLessThanOrEqual(
          resolution * 0.51,
        );
      }),
    );
  });
});

describe("windowText", () => {
  const whole = { from: 0, to: 10_200_000_000 };
  it("tells the piece and the whole", () => {
    expect(windowText({ from: 3_200_000_000, to: 5_100_000_000 }, whole)).toBe("3.20 s – 5.10 s of 10.2 s");
    expect(windowText({ from: 3_200_000_000, to: 3_200_100_000 }, whole)).toBe(
      "3.200000 s – 3.200100 s of 10.2 s",
    );
    expect(windowText(whole, whole)).toBe("all of 10.2 s");
  });

  it("tells both ends of any piece apart", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9e9 }), fc.integer({ min: 1_000, max: 1e9 }), (from, length) => {
        const [start, end] =
          windowText({ from, to: from + length }, whole)
            .split(" of ")[0]
            ?.split(" – ") ?? [];
        expect(start).not.toBe(end);
      }),
    );
  });
});

describe("lengthText", () => {
  it.each([
    [0, "0 µs"],
    [0.4, "0 µs"],
    [850, "0.85 µs"],
    [850_000, "850 µs"],
    [999_499, "999 µs"],
    [999_600, "1.00 ms"],
    [1_240_000, "1.24 ms"],
    [12_400_000, "12.4 ms"],
    [99_960_000, "100 ms"],
    [3_500_000_000, "3.50 s"],
    [125e9, "125 s"],
  ])("%d ns is %s", (ns, text) => expect(lengthText(ns)).toBe(text));

  it("is never a thousand of a unit that has a larger one", () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), (ns) => {
        expect(lengthText(ns)).not.toMatch(/^\d{4,} (µs|ms)/);
      }),
    );
  });
});
