import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingReader } from "./finding-text.ts";
import { sampleMessages, sampleOperations, sampleRun } from "./sample-run.ts";

const run = sampleRun({
  // Processes 0, 1, 2, which began at 0 s, 1 s and 2 s, and took a second each.
  operations: sampleOperations([0, 1, 2].map((n) => ({ from: n * 1e9, to: (n + 1) * 1e9 }))),
  messages: sampleMessages([17, 18, 18]),
});
const read = findingReader(run);

describe("findingReader", () => {
  it("links what is named: the operation, and each of its messages", () => {
    const text = "0 is lost: n0 acknowledged it (process 1, at 2.000 s, messages 17 and 18), but no read";
    expect(read(text)).toEqual([
      { text: "0 is lost: n0 acknowledged it (" },
      { text: "process 1, at 2.000 s", time: 2e9, selection: { kind: "operation", row: 1 } },
      { text: ", messages " },
      { text: "17", selection: { kind: "message", row: 0 } },
      { text: " and " },
      { text: "18", selection: { kind: "message", row: 1 } },
      { text: "), but no read" },
    ]);
  });

  it("links only the moment of an operation that is not among the data", () => {
    expect(read("(process 9, at 2.000 s)")).toEqual([
      { text: "(" },
      { text: "process 9, at 2.000 s", time: 2e9 },
      { text: ")" },
    ]);
  });

  it("has no piece without a letter", () => {
    expect(read("process 1 since 1.000 s")).toEqual([
      { text: "process 1 since 1.000 s", time: 1e9, selection: { kind: "operation", row: 1 } },
    ]);
  });

  it("does not link messages that are not among the data", () => {
    const pieces = read("(process 1, at 2.000 s, message 99)");
    expect(pieces.slice(1)).toEqual([
      { text: "process 1, at 2.000 s", time: 2e9, selection: { kind: "operation", row: 1 } },
      { text: ", message 99" },
      { text: ")" },
    ]);
  });

  it("leaves every text as it is", () => {
    const word = fc.constantFrom(
      "process 1",
      ", at 2.000 s",
      ", messages 17",
      " and 18",
      "(",
      ")",
      "since 1.000 s",
      " ",
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word).map((words) => words.join("")),
    );
    fc.assert(
      fc.property(text, (text) => {
        expect(
          read(text)
            .map((piece) => piece.text)
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
