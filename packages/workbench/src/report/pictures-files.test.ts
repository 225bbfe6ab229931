import { existsSync, mkdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { gossiping, simulated, temporaryFolder } from "../../test/simulated-runs.ts";
import { PointRecorder } from "../pictures/points.ts";
import type { RunData } from "../pictures/run-data.ts";
import { StoreError } from "../store/store-error.ts";

/** Pictures that cannot be drawn. */
const broken = new Set<string>();
vi.mock(import("../pictures/pictures.ts"), async (original) => {
  const module = await original();
  const unless =
    <T extends readonly unknown[]>(name: string, draw: (...args: T) => string) =>
    (...args: T): string => {
      if (broken.has(name)) throw new Error(`no ink for ${name}`);
      return draw(...args);
    };
  return {
    ...module,
    rateSvg: unless("rate", module.rateSvg),
    latencyRawSvg: unless("raw", module.latencyRawSvg),
    messagesSvg: unless("messages", module.messagesSvg),
  };
});
vi.mock(import("./page.ts"), async (original) => {
  const module = await original();
  return {
    ...module,
    standalonePage(run, view) {
      if (broken.has(view)) throw new Error(`no paper for ${view}`);
      return module.standalonePage(run, view);
    },
  };
});

beforeEach(() => {
  broken.clear();
  vi.restoreAllMocks();
});

const pictures = [
  "latency-raw.svg",
  "latency-quantiles.svg",
  "rate.svg",
  "messages.svg",
  "timeline.html",
  "report.html",
];
const valid = { "valid?": true };
const quick = { timeLimit: 3, nemesis: { faults: [], interval: 1 } };
const right = gossiping(Number.MAX_SAFE_INTEGER);

/** What a page has to show. */
function shownBy(folder: string, page: string): RunData {
  const [, data = ""] = / id="run" [^>]*>([^<]*)</.exec(readFileSync(join(folder, page), "utf8")) ?? [];
  return JSON.parse(gunzipSync(Buffer.from(data, "base64")).toString());
}

function resultsIn(folder: string): unknown {
  return JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
}

describe("a run that is over", () => {
  it("is drawn, and says so in its results, in the original's order", async () => {
    const { folder, results } = await simulated(quick, right);
    expect(pictures.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(Object.entries(results).slice(0, 2)).toEqual([
      ["perf", { "latency-graph": valid, "rate-graph": valid, ...valid }],
      ["timeline", valid],
    ]);
    expect(resultsIn(folder)).toEqual(JSON.parse(JSON.stringify(results)));
    const edn = readFileSync(join(folder, "results.edn"), "utf8");
    expect(edn.split("\n").slice(0, 2)).toEqual([
      "{:perf {:latency-graph {:valid? true}, :rate-graph {:valid? true}, :valid? true},",
      " :timeline {:valid? true},",
    ]);
  });

  it("has all its operations in its timeline, and not its messages", async () => {
    const { folder } = await simulated(quick, right);
    const [timeline, report] = ["timeline.html", "report.html"].map((name) => shownBy(folder, name));
    expect(report?.operations.start.length).toBeGreaterThan(40);
    expect(report?.messages.id.length).toBeGreaterThan(80);
    expect(timeline?.operations).toEqual(report?.operations);
    expect(timeline?.messages).toMatchObject({ total: report?.messages.total, spans: [], id: [], fate: "" });
    expect(report?.results).toMatchObject({ perf: valid, timeline: valid });
  });

  it("has its results in its folder before anything is drawn", async () => {
    const store = temporaryFolder();
    const seen: unknown[] = [];
    const observer = {
      drawing(): void {
        const latest = join(store, readlinkSync(join(store, "latest")));
        seen.push([resultsIn(latest), pictures.filter((name) => existsSync(join(latest, name))).length]);
      },
    };
    const { results } = await simulated({ ...quick, store }, right, observer);
    const { perf: _, timeline: __, ...judged } = JSON.parse(JSON.stringify(results));
    expect(seen.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((drawn) => [judged, drawn]));
    expect(seen).toHaveLength(6);
  });

  it("whose nodes did not get ready is drawn, too", async () => {
    const { folder, results } = await simulated(quick, () => () => {});
    expect(Object.keys(results)).toEqual(["perf", "timeline", "nodes", "valid?"]);
    expect(pictures.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(readFileSync(join(folder, "report.html"), "utf8")).toContain(
      "<title>echo: analysis invalid – eddy</title>",
    );
  });
});

describe("what cannot be drawn costs a run nothing but that", () => {
  it.each([
    [
      ["rate", "messages"],
      { "latency-graph": valid, "rate-graph": "rate.svg: no ink for rate" },
      "messages.svg: no ink for messages",
    ],
    [
      ["raw", "report"],
      { "latency-graph": "latency-raw.svg: no ink for raw", "rate-graph": valid },
      "report.html: no paper for report",
    ],
    [["timeline"], { "latency-graph": valid, "rate-graph": valid }, "timeline.html: no paper for timeline"],
  ])("%j", async (names, graphs, timeline) => {
    for (const name of names) broken.add(name);
    const { folder, results } = await simulated(quick, right);
    const unknown = (error: unknown) => (typeof error === "string" ? { "valid?": "unknown", error } : error);
    const [latency, rate] = [unknown(graphs["latency-graph"]), unknown(graphs["rate-graph"])];
    expect(results).toMatchObject({ "valid?": true, workload: valid, stats: valid });
    expect(results.perf).toMatchObject({ "latency-graph": latency, "rate-graph": rate });
    expect(results.perf?.["valid?"]).toBe(names.includes("timeline") ? true : "unknown");
    expect(results.timeline).toEqual(unknown(timeline));
    expect(resultsIn(folder)).toEqual(JSON.parse(JSON.stringify(results)));
    if (!names.includes("report")) {
      const said = shownBy(folder, "report.html").checks.flatMap(({ valid, findings }) =>
        valid === "unknown" ? findings : [],
      );
      expect(said.join()).toContain("not all could be drawn: ");
    }
    const log = readFileSync(join(folder, "eddy.log"), "utf8");
    for (const name of names)
      expect(log).toMatch(new RegExp(`could not be drawn: no (ink|paper) for ${name}\n`));
    expect(pictures.filter((name) => existsSync(join(folder, name)))).toHaveLength(6 - names.length);
  });

  it("not even when its history cannot be taken down", async () => {
    vi.spyOn(PointRecorder.prototype, "add").mockImplementation(() => {
      throw new Error("too many points");
    });
    const { folder, results } = await simulated(quick, right);
    const error = expect.stringContaining("too many points");
    expect(results).toMatchObject({
      "valid?": true,
      perf: { "valid?": "unknown", error },
      timeline: { "valid?": "unknown", error },
    });
    expect(readFileSync(join(folder, "eddy.log"), "utf8")).toContain("could not be drawn: too many points");
    expect(pictures.filter((name) => existsSync(join(folder, name)))).toEqual([]);
  });

  it("a store that is full says so, and the verdict stays", async () => {
    const observer = {
      began(folder: string): void {
        mkdirSync(join(folder, "rate.svg"));
      },
    };
    const { folder, results, storeError } = await simulated(quick, right, observer);
    expect(storeError).toBeInstanceOf(StoreError);
    expect(storeError?.message).toContain("rate.svg");
    expect(results["valid?"]).toBe(true);
    expect(resultsIn(folder)).toMatchObject({ "valid?": true, stats: valid });
  });
});
