import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { expect, it, onTestFinished } from "vitest";
import { Judge } from "../checkers/judge.ts";
import { toJsonLine } from "../store/history-files.ts";
import { RunFolder } from "../store/run-folder.ts";
import { RealClock } from "../time/real-clock.ts";
import { echo } from "../workloads/echo.ts";
import { analyse } from "./analysis.ts";

it("judges a long history in pieces, so that a run can still be stopped, and tells how far it is", async () => {
  const store = mkdtempSync(`${tmpdir()}/eddy-`);
  onTestFinished(() => rmSync(store, { recursive: true }));
  const folder = RunFolder.create(store, "echo", new Date(0));
  const value = { type: "echo_ok", echo: 1, in_reply_to: 1 };
  const lines = Array.from({ length: 12_000 }, (_, index) => {
    const base = { index, time: index, process: 0, f: "echo", node: "n0" };
    return toJsonLine(
      index % 2 === 0 ? { ...base, type: "invoke", value: 1 } : { ...base, type: "ok", value },
    );
  });
  folder.write("history.jsonl", lines.join(""));
  const judge = new Judge(echo.checker(), "total");
  const seen: number[] = [];
  let turns = 0;
  const turn = (): void => {
    turns++;
    if (seen.length < 2) setImmediate(turn);
  };
  setImmediate(turn);
  await analyse(
    folder,
    [judge],
    new RealClock(),
    (error) => expect.fail(error.message),
    (entries) => seen.push(entries),
  );
  expect(seen).toEqual([5000, 10_000]);
  expect(turns).toBeGreaterThan(0);
  const counts = { sent: 0, received: 0, byType: new Map() };
  const results = judge.results({
    messages: { clients: counts, servers: counts },
    conduct: { "valid?": true },
    began: true,
    interrupted: undefined,
  });
  expect(results).toMatchObject({ "valid?": true, stats: { count: 6000 } });
  for (const name of ["history.txt", "history.edn"])
    expect(readFileSync(folder.file(name), "utf8").split("\n")).toHaveLength(12_001);
});
