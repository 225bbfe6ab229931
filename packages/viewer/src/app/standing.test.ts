import { expect, test } from "vitest";
import { marks, meanings, standingOf, standings } from "./standing.ts";

test("a folder is what it is, or else what was judged", () => {
  for (const state of ["running", "damaged", "foreign"] as const)
    expect(standingOf({ state, valid: true })).toBe(state);
  for (const state of ["complete", "unfinished"] as const) {
    expect(standingOf({ state, valid: true })).toBe("valid");
    expect(standingOf({ state, valid: false })).toBe("invalid");
    expect(standingOf({ state, valid: "unknown" })).toBe("unknown");
    expect(standingOf({ state })).toBe("unfinished");
  }
});

test("each has a mark and a meaning of its own", () => {
  for (const said of [marks, meanings]) {
    expect(new Set(standings.map((standing) => said[standing])).size).toBe(standings.length);
    expect(Object.keys(said).sort()).toEqual([...standings].sort());
  }
});
