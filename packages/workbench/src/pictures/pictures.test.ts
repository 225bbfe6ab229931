import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chartData, pointsOfDrawn, runEnd } from "../../test/chart-data.ts";
import { JournalWriter, journals, nodeNames, runOf } from "../../test/journals.ts";
import { elements, parseXml } from "../../test/well-formed.ts";
import { binned } from "./bins.ts";
import type { ChartData } from "./charts/chart-data.ts";
import { type About, latencyQuantilesSvg, latencyRawSvg, messagesSvg, rateSvg } from "./pictures.ts";
import { endings, type Points } from "./points.ts";

const mostBytes = 5_000_000;
const charts = [
  ["latency-raw", latencyRawSvg],
  ["latency-quantiles", latencyQuantilesSvg],
  ["rate", rateSvg],
] as const;

function textsOf(svg: string): string[] {
  return elements(parseXml(svg), "text").map(({ text }) => text);
}

function dataOf(points: Points, bins = 300): ChartData {
  return { points, faults: [], bins: binned(points, { from: 0, to: runEnd }, bins) };
}

/** Operations all over the plot, as many as one likes. */
function spread(length: number): Points {
  const points = {
    length,
    functions: ["read", "write", "cas"],
    start: new Float64Array(length),
    latency: new Float64Array(length),
    ending: new Uint8Array(length),
    f: new Uint16Array(length),
  };
  for (let i = 0; i < length; i++) {
    points.start[i] = (i / length) * runEnd;
    points.latency[i] = 10 ** (3 + ((i * 7919) % 100_003) / 17_000);
    points.ending[i] = (i * 31) % 4;
    if (points.ending[i] === endings.indexOf("open")) points.latency[i] = -1;
    points.f[i] = (i * 17) % 3;
  }
  return points;
}

describe.each(charts)("%s.svg", (name, draw) => {
  const about: About = { title: "lin-kv", end: runEnd };

  it("is well-formed, with a title and what it shows in words, for any run", () => {
    fc.assert(
      fc.property(
        chartData(["read", "<b>&", "\u0000\ud800"]),
        fc.string({ unit: "binary" }),
        (data, title) => {
          const root = parseXml(draw(data, { title, end: runEnd }));
          expect(Number(root.attributes.get("width"))).toBe(1000);
          expect(root.children[1]?.text).toContain(
            data.points.length === 1 ? "1 operation" : `${data.points.length} operations`,
          );
        },
      ),
    );
  });

  it("says what was done, of nothing and of one operation", () => {
    const none = draw(dataOf(pointsOfDrawn([], [])), { title: "echo", end: 0 });
    expect(textsOf(none)).toContain("No client began an operation.");
    const one = pointsOfDrawn([{ start: 0, latency: 0, ending: "ok", f: 0 }], ["echo"]);
    const svg = draw(dataOf(one), about);
    expect(textsOf(svg).some((text) => text.startsWith("1 operation in 1 s."))).toBe(true);
    expect(elements(parseXml(svg), "path").length).toBeGreaterThan(3);
  });

  it("names the faults, and gives them room", () => {
    const data = { ...dataOf(spread(50)), faults: [{ fault: "kill", from: 5, to: runEnd, text: "kill n0" }] };
    const [bare, struck] = [dataOf(spread(50)), data].map((each) => parseXml(draw(each, about)));
    expect(textsOf(draw(data, about))).toEqual(expect.arrayContaining(["kill", "n0"]));
    expect(struck?.children[1]?.text).toContain("kill once");
    expect(Number(struck?.attributes.get("height"))).toBeGreaterThan(Number(bare?.attributes.get("height")));
  });

  it("stays small, however many operations there are", () => {
    const svg = draw(dataOf(spread(400_000)), about);
    expect(Buffer.byteLength(svg)).toBeLessThan(mostBytes);
    const said = textsOf(svg).find((text) => text.startsWith("400,000 operations"));
    if (name === "latency-raw") expect(said).toMatch(/are one mark: [\d,]+ marks\./);
    else expect(said).toContain("within 3.33 ms");
    parseXml(svg);
  });
});

it("latency-raw.svg says that each mark is an operation where that is so", () => {
  const points = pointsOfDrawn(
    [
      { start: 0, latency: 5, ending: "ok", f: 0 },
      { start: 1e8, latency: 9e8, ending: "fail", f: 0 },
    ],
    ["read"],
  );
  const said = (end: number): string => textsOf(latencyRawSvg(dataOf(points), { title: "x", end })).join(" ");
  expect(said(runEnd)).toContain("Each mark is one of them.");
  expect(said(10)).toContain("1 began after the end.");
});

describe("messages.svg", () => {
  it("is well-formed for any journal", () => {
    fc.assert(
      fc.property(journals, fc.string({ unit: "binary" }), (writer, type) => {
        writer.pass(1e9, "n0", "n1", { type, text: `${type}]]>` });
        const run = runOf(writer.columns(), nodeNames);
        const svg = messagesSvg(run);
        parseXml(svg);
        expect(textsOf(svg)).toContain(`All ${new Set(run.messages.id).size} messages.`);
      }),
    );
  });

  it("says that there were none", () => {
    expect(textsOf(messagesSvg(runOf(new JournalWriter().columns(), nodeNames)))).toContain(
      "No message was sent.",
    );
  });

  it("shows a part of very many, says which, and stays small though bodies are long and hostile", () => {
    const writer = new JournalWriter();
    for (let i = 0; i < 20_000; i++)
      writer.pass(i * 1e6, "c1", "n0", { type: "echo", echo: "&".repeat(600) });
    const svg = messagesSvg(runOf({ ...writer.columns(), total: 1_000_000 }, nodeNames));
    expect(Buffer.byteLength(svg)).toBeLessThan(mostBytes);
    expect(textsOf(svg)).toContain("1,500 of 1,000,000 messages, sent from 0.000 s to 1.499 s.");
  });

  it("tells the bodies of few messages as they are", () => {
    const writer = new JournalWriter();
    writer.pass(0, "c1", "n0", { type: "echo", echo: "x".repeat(500) });
    expect(messagesSvg(runOf(writer.columns(), nodeNames))).toContain("x".repeat(500));
  });

  it("names the kinds of arrows that occur", () => {
    const writer = new JournalWriter();
    writer.pass(0, "c1", "n0", { type: "read" });
    writer.lose(5, writer.send(2, "n0", "n1", { type: "read" }));
    const texts = textsOf(messagesSvg(runOf(writer.columns(), nodeNames)));
    expect(texts).toEqual(expect.arrayContaining(["from or to a client", "lost"]));
    for (const absent of ["between servers", "error", "under way at the end"])
      expect(texts).not.toContain(absent);
  });
});
