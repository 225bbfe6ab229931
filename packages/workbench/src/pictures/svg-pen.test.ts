import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { elements, parseXml } from "../../test/well-formed.ts";
import { dark, light } from "./inks.ts";
import { type Ink, type Pen, shapes } from "./pen.ts";
import { svgFile } from "./svg-file.ts";
import { SvgPen } from "./svg-pen.ts";
import { escaped } from "./xml.ts";

/** Any text, also one that is none: control characters, halves of characters, tags, entities. */
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.nat(0xffff), { maxLength: 20 }).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    '<img onerror="x">',
    "&amp;",
    "]]>",
    "\r\n",
    "</title></svg>",
    "\u0000\ufffe\uffff",
    "\ud800",
  ),
);
const inks = fc.constantFrom<Ink>("ok", "fail", "text", "server");
const numbers = fc.oneof(
  fc.integer({ min: -50, max: 2000 }),
  fc.double({ min: -50, max: 2000, noNaN: true }),
  fc.constant(Number.NaN),
);
const places = fc.array(numbers, { maxLength: 12 });
const dashes = fc.record(
  {
    width: fc.constantFrom(1, 2, 3),
    dashed: fc.boolean(),
    opacity: fc.constantFrom(1, 0.5),
    tip: fc.constantFrom("arrow", "cross"),
  },
  { requiredKeys: [] },
);

type Drawing = (pen: Pen) => void;
const simple: fc.Arbitrary<Drawing> = fc.oneof(
  fc.tuple(numbers, numbers, numbers, numbers, inks).map(
    ([x, y, w, h, ink]): Drawing =>
      (pen) =>
        pen.rect(x, y, w, h, ink),
  ),
  fc.tuple(places, inks, dashes).map(
    ([points, ink, style]): Drawing =>
      (pen) =>
        pen.line(points, ink, style),
  ),
  fc.tuple(fc.constantFrom(...shapes), places, inks).map(
    ([shape, at, ink]): Drawing =>
      (pen) =>
        pen.marks(shape, 6, at, ink),
  ),
  fc.tuple(numbers, texts, inks).map(
    ([x, text, ink]): Drawing =>
      (pen) =>
        pen.text(x, 5, text, { ink, bold: x > 5, size: 14 }),
  ),
);
const drawings: fc.Arbitrary<Drawing[]> = fc.array(
  fc.oneof(
    simple,
    fc.tuple(texts, fc.array(simple, { maxLength: 4 })).map(
      ([title, all]): Drawing =>
        (pen) =>
          pen.group(title, () => {
            for (const draw of all) draw(pen);
          }),
    ),
    fc.tuple(numbers, fc.array(simple, { maxLength: 4 })).map(
      ([x, all]): Drawing =>
        (pen) =>
          pen.clip(x, 0, 50, 50, () => {
            for (const draw of all) draw(pen);
          }),
    ),
  ),
  { maxLength: 12 },
);

function file(draw: Drawing, title = "a", description = "b"): string {
  return svgFile({ width: 100, height: 50, title, description }, draw);
}

/** What XML 1.0 calls Char. */
function isHeld(code: number): boolean {
  if (code < 0x20) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x10000;
}

/** All numbers of a path. */
function numbersOf(path: string | undefined): number[] {
  return (path?.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
}

describe("text in XML", () => {
  it("is read as it was, but for what XML cannot hold", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const held = Array.from(text, (one) => (isHeld(one.codePointAt(0) ?? 0) ? one : "\ufffd")).join("");
        const root = parseXml(`<a b="${escaped(text)}">${escaped(text)}</a>`);
        expect(root.text).toBe(held);
        expect(root.attributes.get("b")).toBe(held);
      }),
      { numRuns: 2000 },
    );
    // Readers make a line feed of a carriage return that is written as it is.
    expect(escaped("\r\n")).toBe("&#13;\n");
  });
});

describe("an SVG file", () => {
  it("is well-formed, whatever is drawn and written", () => {
    fc.assert(
      fc.property(drawings, texts, (all, title) => {
        const root = parseXml(
          file(
            (pen) => {
              for (const draw of all) draw(pen);
            },
            title,
            title,
          ),
        );
        const ids = [...elements(root, "clipPath"), ...elements(root, "title").slice(0, 1)].map(
          ({ attributes }) => attributes.get("id"),
        );
        expect(new Set(ids).size).toBe(ids.length);
        for (const path of elements(root, "path"))
          expect(path.attributes.get("d")).toMatch(/^[MLmlhvz\d .-]*$/);
      }),
    );
  });

  it("says what it shows to those who do not see it, and needs nothing from elsewhere", () => {
    const svg = file((pen) => pen.text(0, 0, "x", { mono: true }), "Title", "What is to be seen");
    const root = parseXml(svg);
    expect(root.attributes.get("role")).toBe("img");
    for (const id of (root.attributes.get("aria-labelledby") ?? "").split(" "))
      expect(root.children.some(({ attributes }) => attributes.get("id") === id)).toBe(true);
    expect(root.children.map(({ name, text }) => `${name} ${text}`).slice(0, 2)).toEqual([
      "title Title",
      "desc What is to be seen",
    ]);
    expect(svg.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:|@import|@font-face|href|script|style=/,
    );
  });

  it("has the colours of the day and of the night, of each ink that it uses", () => {
    const style = elements(parseXml(file((pen) => pen.line([0, 0, 1, 1], "fail"))), "style")[0]?.text ?? "";
    const [day = "", night = ""] = style.split("@media(prefers-color-scheme:dark)");
    expect(day).toContain(`.s-fail{stroke:${light.fail}}`);
    expect(night).toContain(`.s-fail{stroke:${dark.fail}}`);
    expect(day).toContain(`.f-paper{fill:${light.paper}}`);
    expect(style).not.toContain("-info");
  });
});

describe("a pen for SVG", () => {
  it("makes one path of marks that look alike, each at its place", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.array(fc.tuple(fc.nat(900), fc.nat(900)), { minLength: 1 }),
        (shape, at) => {
          const paths = elements(parseXml(file((pen) => pen.marks(shape, 6, at.flat(), "ok"))), "path");
          expect(paths).toHaveLength(1);
          const begins = (paths[0]?.attributes.get("d") ?? "").split("M").slice(1).map(numbersOf);
          expect(begins).toHaveLength(at.length);
          for (const [i, [x = -99, y = -99]] of begins.entries()) {
            expect(Math.abs(x - (at[i]?.[0] ?? 0))).toBeLessThanOrEqual(3);
            expect(Math.abs(y - (at[i]?.[1] ?? 0))).toBeLessThanOrEqual(3.4);
          }
        },
      ),
    );
  });

  it("makes one path of lines that look alike and come one after the other", () => {
    const root = parseXml(
      file((pen) => {
        pen.line([0, 0, 1.26, 1], "ok");
        pen.line([2, 2, 3, 3, -4, 4], "ok");
        pen.line([5, 5, 6, 6], "ok", { width: 2 });
        pen.line([5, 5, 6, 6], "fail", { width: 2, dashed: true });
        pen.line([7, 7], "fail");
      }),
    );
    expect(elements(root, "path").map(({ attributes }) => attributes.get("d"))).toEqual(
      ["M0 0L1.3 1M2 2L3 3-4 4", "M5 5L6 6", "M5 5L6 6"].map((d) => d.replace("3 3-4", "3 3 -4")),
    );
    expect(elements(root, "path").map(({ attributes }) => attributes.get("stroke-dasharray"))).toEqual([
      undefined,
      undefined,
      "4 3",
    ]);
  });

  it("keeps the order of what lies on each other", () => {
    const root = parseXml(
      file((pen) => {
        pen.line([0, 0, 1, 1], "ok");
        pen.rect(0, 0, 1, 1, "paper");
        pen.line([0, 0, 1, 1], "ok");
        pen.line([0, 0, 1, 1], "ok", { opacity: 0.5 });
        pen.line([0, 0, 1, 1], "ok", { opacity: 0.5 });
      }),
    );
    expect(root.children.slice(3).map(({ name }) => name)).toEqual([
      "rect",
      "path",
      "rect",
      "path",
      "path",
      "path",
    ]);
  });

  it("ends lines in heads and crosses, and shows titles where one points", () => {
    const root = parseXml(
      file((pen) =>
        pen.group("a <b>", () => {
          pen.line([0, 10, 50, 10], "ok", { tip: "arrow" });
          pen.line([0, 30, 50, 30], "lost", { tip: "cross" });
        }),
      ),
    );
    const [group] = elements(root, "g");
    expect(group?.children[0]).toMatchObject({ name: "title", text: "a <b>" });
    const paths = group?.children.slice(1).map(({ attributes }) => attributes.get("d")) ?? [];
    expect(paths).toHaveLength(4);
    // The head's point is where the line ends; the cross lies around it.
    expect(numbersOf(paths[1]).slice(0, 2)).toEqual([50, 10]);
    const [x = 0, y = 0, dx = 0, dy = 0] = numbersOf(paths[3]);
    expect([x + dx / 2, y + dy / 2]).toEqual([50, 30]);
  });

  it("numbers what cuts off by its prefix, so that several can be in one document", () => {
    const markup = (prefix?: string): string => {
      const pen = new SvgPen(prefix);
      pen.clip(0, 0, 1, 1, () => pen.clip(0, 0, 1, 1, () => pen.rect(0, 0, 1, 1, "ok")));
      return pen.markup();
    };
    expect(markup("x-")).toContain('id="x-c1"');
    expect(markup()).toContain('clip-path="url(#c0)"');
  });
});
