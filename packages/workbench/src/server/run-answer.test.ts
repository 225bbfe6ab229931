import { appendFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import {
  addFolder,
  addRun,
  age,
  emptyStore,
  entry,
  get,
  resultsJson,
  show,
  testJson,
} from "../../test/served-store.ts";
import { standalonePage } from "../report/page.ts";
import { readRun } from "../report/read-run.ts";
import { thisProcess } from "../store/run-process.ts";
import { RealClock } from "../time/real-clock.ts";
import { drawnData } from "./drawn-data.ts";
import { RunAnswers } from "./run-answer.ts";
import { RunList } from "./run-list.ts";

const run = "echo/20261125T023417.029Z";
const packed = { headers: { "Accept-Encoding": "gzip, deflate, br" } };

it("gives the data of a run, packed where that is accepted", async () => {
  const store = emptyStore();
  addRun(store, run);
  const { port } = await show(store);
  const answer = await get(port, `/api/runs/${run}`, packed);
  expect(answer.headers).toMatchObject({
    "content-encoding": "gzip",
    "content-type": "application/json; charset=utf-8",
    vary: "Accept-Encoding",
  });
  const text = gunzipSync(answer.body).toString();
  expect(JSON.parse(text)).toMatchObject({
    format: 1,
    id: run,
    workload: "echo",
    state: "complete",
    valid: true,
  });
  for (const accepted of ["", "identity", "gzip;q=0", "gzip; q=0.0, br", "br"]) {
    const plain = await get(port, `/api/runs/${run}`, { headers: { "Accept-Encoding": accepted } });
    expect([accepted, plain.headers["content-encoding"], plain.text]).toEqual([accepted, undefined, text]);
  }
  for (const accepted of ["gzip;q=0.5", "*", "GZIP"]) {
    const { headers } = await get(port, `/api/runs/${run}`, { headers: { "Accept-Encoding": accepted } });
    expect([accepted, headers["content-encoding"]]).toEqual([accepted, "gzip"]);
  }
});

it("reads a run once, until its files change", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  const answers = new RunAnswers(store, new RunList(store, new RealClock()));
  const names = ["echo", "20261125T023417.029Z"] as const;
  const [first, second] = await Promise.all([answers.get(names), answers.get(names)]);
  expect(first).toBe(second);
  expect(await answers.get(names)).toBe(first);
  writeFileSync(join(folder, "results.json"), resultsJson(false));
  const third = await answers.get(names);
  expect(gunzipSync(third).toString()).toContain('"valid":false');
  appendFileSync(join(folder, "history.jsonl"), entry(2, 3_000_000_000, "invoke"));
  expect(gunzipSync(await answers.get(names)).toString()).toContain('"end":3000000000');
  addFolder(store, `${run}/node-logs`, { "n0.log": "a line of a log\n" });
  expect(gunzipSync(await answers.get(names)).toString()).toContain("a line of a log");
  const before = await answers.get(names);
  expect(await answers.get(names)).toBe(before);
});

it("keeps what was read within bounds, and what was asked for last", async () => {
  const store = emptyStore();
  for (const name of ["1", "2", "3"]) addRun(store, `echo/${name}`);
  const list = new RunList(store, new RealClock());
  const size = (await new RunAnswers(store, list).get(["echo", "1"])).length;
  const answers = new RunAnswers(store, list, 2.5 * size);
  const [one, two] = [await answers.get(["echo", "1"]), await answers.get(["echo", "2"])];
  expect(await answers.get(["echo", "1"])).toBe(one);
  await answers.get(["echo", "3"]);
  expect(await answers.get(["echo", "1"])).toBe(one);
  expect(await answers.get(["echo", "2"])).not.toBe(two);
});

it("tells of a run in every state what there is", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  rmSync(join(folder, "results.json"));
  const { port } = await show(store);
  const state = async () =>
    JSON.stringify((await get(port, `/api/runs/${run}`)).json()).match(/"state":"(\w+)"/)?.[1];
  expect(await state()).toBe("unfinished");
  writeFileSync(join(folder, "test.json"), testJson(thisProcess()));
  expect(await state()).toBe("running");
  // Also a process that cannot be seen, which readRun takes for one that has ended.
  writeFileSync(join(folder, "test.json"), testJson({ pid: 1, born: "elsewhere pid:[1] 1" }));
  expect(await state()).toBe("running");
  age(folder, 60);
  expect(await state()).toBe("unfinished");
});

it("says what is wrong with what is no run, or a damaged one", async () => {
  const store = emptyStore();
  addFolder(store, "other/folder", { "jepsen.log": "" });
  addRun(store, "echo/damaged", { "test.json": "{" });
  addRun(store, "echo/results", { "results.json": "{" });
  addRun(store, "echo/history", { "history.jsonl": "what\n" });
  const { port } = await show(store);
  for (const [id, why] of [
    ["other/folder", "other/folder is no run of eddy's: a run of Maelstrom or Jepsen, without a verdict."],
    ["echo/damaged", "echo/damaged is damaged: "],
    ["echo/results", "results.json"],
    ["echo/history", "history.jsonl"],
    ["echo/nothing", "There is no run echo/nothing."],
    ["nothing/nothing", "There is no run nothing/nothing."],
    ["echo", "echo is not the folder of a run."],
  ]) {
    const answer = await get(port, `/api/runs/${id}`);
    expect([id, answer.status, answer.json()]).toEqual([
      id,
      404,
      { error: expect.stringContaining(why ?? "") },
    ]);
  }
});

it("takes the data from the report, as long as that is of this run and nothing is newer", async () => {
  const store = emptyStore();
  const folder = addRun(store, run, { "node-logs/n0.log": "" });
  const list = new RunList(store, new RealClock());
  const seen = async () => {
    const packed = await new RunAnswers(store, list).get(["echo", "20261125T023417.029Z"]);
    return gunzipSync(packed).toString().includes('"text":"from the report"') ? "report" : "files";
  };
  const page = (data: string, view = "report") =>
    `<script type="application/octet-stream" id="run" data-view="${view}">${gzipSync(data).toString("base64")}</script>`;
  const draw = (text: string, age = 0) => {
    const time = Date.now() / 1000 - age;
    writeFileSync(join(folder, "report.html"), text);
    utimesSync(join(folder, "report.html"), time, time);
  };
  const good = `{"format":1,"id":"${run}","text":"from the report","rest":"${"x".repeat(100_000)}"}`;
  expect(await seen()).toBe("files");
  draw(page(good));
  expect(await seen()).toBe("report");
  draw(page(good), 60);
  expect(await seen()).toBe("files");
  for (const text of [
    page(good, "timeline"),
    page(good.replace("echo/", "kafka/")),
    page(good.replace('"format":1', '"format":2')),
    page(good).slice(0, 100),
    page(good).replace('report">', 'report">AAAA'),
    "",
  ]) {
    draw(text);
    expect(await seen()).toBe("files");
  }
  for (const name of ["test.json", "results.json", "history.jsonl", "messages.jsonl", "node-logs/n0.log"]) {
    draw(page(good));
    const later = Date.now() / 1000 + 60;
    const path = join(folder, name);
    const { atimeMs, mtimeMs } = statSync(path);
    utimesSync(path, later, later);
    expect([name, await seen()]).toEqual([name, "files"]);
    utimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  }
  draw(page(good));
  rmSync(join(folder, "results.json"));
  expect(await seen()).toBe("files");
});

it("finds in the report that eddy draws what it would read itself", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  const own = readRun(folder, run);
  writeFileSync(join(folder, "report.html"), standalonePage(own, "report"));
  expect(await drawnData(folder, run, 0)).toEqual(gzipSync(JSON.stringify(own)));
});
