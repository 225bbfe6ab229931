import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoted } from "../src/report/command-line.ts";

describe("quoted", () => {
  it("is one word to a shell, whatever it holds", () => {
    const words = fc.sample(
      fc.string().map((word) => word.replaceAll("\0", "").toWellFormed()),
      200,
    );
    const heard = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(quoted).join(" ")}`]).toString();
    expect(heard.split("\0").slice(0, -1)).toEqual(words);
  });

  it("leaves plain words as they are", () => expect(quoted("./a-b_c.ts")).toBe("./a-b_c.ts"));
});
