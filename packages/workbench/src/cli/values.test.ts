import { expect, it } from "vitest";
import { availability, concurrency, names, number } from "./values.ts";

it.each(["", " ", "x", "1x", "0x10", "Infinity", "NaN", "1,5", "--1"])(
  "does not take %j for a number",
  (word) => {
    expect(() => number({})(word)).toThrow("It must be a number.");
  },
);

it("keeps numbers within bounds", () => {
  expect(["5", "0.5", ".5", "1e3", "-2", "+3"].map(number({}))).toEqual([5, 0.5, 0.5, 1000, -2, 3]);
  expect(() => number({ min: 0 })("-1")).toThrow("0 or more");
  expect(() => number({ above: 0 })("0")).toThrow("more than 0");
  expect(() => number({ max: 1 })("1.1")).toThrow("1 or less");
  expect(() => number({ whole: true })("1.5")).toThrow("whole number");
});

it("reads names", () => {
  expect(names()("a, b,c")).toEqual(["a", "b", "c"]);
  expect(() => names()("a,,b")).toThrow("commas");
  expect(() => names(["x", "y"])("x,z")).toThrow("There is no z; there is x, y.");
});

it("reads concurrency for all, or for each node", () => {
  expect(concurrency("10")).toEqual({ factor: 10, perNode: false });
  expect(concurrency("4n")).toEqual({ factor: 4, perNode: true });
  for (const word of ["0", "0n", "n", "4m", "-1", "1.5", ""])
    expect(() => concurrency(word)).toThrow("whole number");
});

it("reads availability", () => {
  expect([availability("total"), availability("0.9"), availability("1")]).toEqual(["total", 0.9, 1]);
  for (const word of ["1.1", "-0.1", "all"])
    expect(() => availability(word)).toThrow("total, or a number from 0 to 1");
});
