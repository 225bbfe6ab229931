/**
 * Puts what pictures say in the words of a pen into SVG: files that need nothing but a browser, and are no larger than they must be.
 * Marks that look alike are one path, and lines too.
 */
import { dark, light, type Palette } from "./inks.ts";
import type { Ink, LineStyle, Pen, Shape, TextStyle } from "./pen.ts";
import { escaped } from "./xml.ts";

/** A number with one digit after the point at most: no eye sees more. */
function px(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return Number.isFinite(rounded) ? `${Object.is(rounded, -0) ? 0 : rounded}` : "0";
}

/** Numbers of a path one after the other, parted only where they must be. */
function pair(x: number, y: number): string {
  const [a, b] = [px(x), px(y)];
  return b.startsWith("-") ? a + b : `${a} ${b}`;
}

interface Outline {
  /** Where the path begins, px from the middle. */
  readonly x: number;
  readonly y: number;
  readonly path: string;
}

/** Marks as paths; `r` is half of their width. */
const outlines: Readonly<Record<Shape, (r: number) => Outline>> = {
  // A line of no length, with a round or a square cap.
  circle: () => ({ x: 0, y: 0, path: "h0" }),
  square: () => ({ x: 0, y: 0, path: "h0" }),
  triangle: (r) => ({ x: 0, y: -r, path: `l${pair(r, 1.8 * r)}h${px(-2 * r)}z` }),
  diamond: (r) => {
    const arm = 1.1 * r;
    return { x: 0, y: -arm, path: `l${pair(arm, arm)}l${pair(-arm, arm)}l${pair(-arm, -arm)}z` };
  },
  plus: (r) => ({ x: -r, y: 0, path: `h${px(2 * r)}m${pair(-r, -r)}v${px(2 * r)}` }),
  cross: (r) => {
    const arm = 0.85 * r;
    const [way, back] = [pair(2 * arm, 2 * arm), pair(2 * arm, -2 * arm)];
    return { x: -arm, y: -arm, path: `l${way}m${pair(-2 * arm, 0)}l${back}` };
  },
};

export class SvgPen implements Pen {
  readonly #parts: string[] = [];
  readonly #fills = new Set<Ink>();
  readonly #strokes = new Set<Ink>();
  readonly #prefix: string;
  /** How the lines look that are one path as long as nothing else comes. */
  #open = "";
  #clips = 0;

  /** @param prefix of the ids that it gives, if there are several pictures in one document */
  constructor(prefix = "") {
    this.#prefix = prefix;
  }

  /** What was drawn, as elements of SVG. */
  markup(): string {
    this.#close();
    return this.#parts.join("");
  }

  /** How the inks look that were used, by day and by night. */
  style(): string {
    const rules = (palette: Palette): string =>
      [
        ...[...this.#fills].map((ink) => `.f-${ink}{fill:${palette[ink]}}`),
        ...[...this.#strokes].map((ink) => `.s-${ink}{stroke:${palette[ink]}}`),
      ].join("");
    return `${rules(light)}@media(prefers-color-scheme:dark){${rules(dark)}}`;
  }

  rect(x: number, y: number, width: number, height: number, ink: Ink, opacity = 1): void {
    if (!(width > 0 && height > 0)) return;
    this.#add(
      `<rect class="${this.#fill(ink)}" x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}"${opacityOf(opacity)}/>`,
    );
  }

  line(
    points: readonly number[],
    ink: Ink,
    { width = 1, dashed = false, tip, opacity = 1 }: LineStyle = {},
  ): void {
    if (points.length < 4) return;
    const dash = dashed ? ' stroke-dasharray="4 3"' : "";
    const look = `<path class="n ${this.#stroke(ink)}"${width === 1 ? "" : ` stroke-width="${px(width)}"`}${dash}${opacityOf(opacity)} d="`;
    // Lines that one sees through are darker where they cross; as one path they would not be.
    if (opacity < 1) this.#close();
    if (this.#open !== look) {
      this.#close();
      this.#parts.push(look);
      this.#open = look;
    }
    this.#parts.push(polyline(points));
    if (tip) this.#tip(points, tip, ink, width, opacity);
  }

  marks(shape: Shape, size: number, places: readonly number[], ink: Ink): void {
    if (places.length < 2) return;
    const outline = outlines[shape](size / 2);
    const parts: string[] = [];
    for (let i = 0; i + 1 < places.length; i += 2) {
      const [x, y] = [(places[i] ?? 0) + outline.x, (places[i + 1] ?? 0) + outline.y];
      parts.push(`M${pair(x, y)}${outline.path}`);
    }
    this.#add(`<path ${this.#markStyle(shape, size, ink)} d="${parts.join("")}"/>`);
  }

  text(x: number, y: number, text: string, style: TextStyle = {}): void {
    const { ink = "text", anchor = "start", bold = false, mono = false, size = 12 } = style;
    const classes = [this.#fill(ink), ...(bold ? ["b"] : []), ...(mono ? ["m"] : [])].join(" ");
    const anchored = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
    const sized = size === 12 ? "" : ` font-size="${px(size)}"`;
    this.#add(
      `<text class="${classes}" x="${px(x)}" y="${px(y)}"${anchored}${sized}>${escaped(text)}</text>`,
    );
  }

  group(title: string, draw: () => void): void {
    this.#add("<g>", title === "" ? "" : `<title>${escaped(title)}</title>`);
    draw();
    this.#add("</g>");
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const id = `${this.#prefix}c${this.#clips++}`;
    const [w, h] = [Math.max(0, width), Math.max(0, height)];
    this.#add(
      `<clipPath id="${id}"><path d="M${pair(x, y)}h${px(w)}v${px(h)}h${px(-w)}z"/></clipPath>`,
      `<g clip-path="url(#${id})">`,
    );
    draw();
    this.#add("</g>");
  }

  #markStyle(shape: Shape, size: number, ink: Ink): string {
    if (shape === "triangle" || shape === "diamond") return `class="${this.#fill(ink)}"`;
    const cap = shape === "circle" ? "round" : shape === "square" ? "square" : "butt";
    // A square cap reaches half of the width beyond the line's end.
    const width = shape === "circle" ? size : shape === "square" ? size * 0.9 : Math.max(1.2, size / 4);
    return `class="n ${this.#stroke(ink)}" stroke-width="${px(width)}" stroke-linecap="${cap}"`;
  }

  /** The same tips as on a canvas. */
  #tip(points: readonly number[], tip: "arrow" | "cross", ink: Ink, width: number, opacity: number): void {
    const [x0 = 0, y0 = 0, x = 0, y = 0] = points.slice(-4);
    const length = Math.hypot(x - x0, y - y0);
    if (length === 0) return;
    const size = 4 + width;
    const [ax, ay] = [((x - x0) / length) * size, ((y - y0) / length) * size];
    if (tip === "arrow") {
      const [bx, by] = [-ay * 0.6, ax * 0.6];
      const [backX, backY] = [x - ax * 1.4, y - ay * 1.4];
      this.#add(
        `<path class="${this.#fill(ink)}"${opacityOf(opacity)} d="M${pair(x, y)}L${pair(backX + bx, backY + by)} ${pair(backX - bx, backY - by)}z"/>`,
      );
      return;
    }
    const arm = size * 0.8;
    this.#add(
      `<path class="n ${this.#stroke(ink)}" stroke-width="${px(Math.max(width, 1.6))}"${opacityOf(opacity)} d="M${pair(x - arm, y - arm)}l${pair(2 * arm, 2 * arm)}m${pair(-2 * arm, 0)}l${pair(2 * arm, -2 * arm)}"/>`,
    );
  }

  #fill(ink: Ink): string {
    this.#fills.add(ink);
    return `f-${ink}`;
  }

  #stroke(ink: Ink): string {
    this.#strokes.add(ink);
    return `s-${ink}`;
  }

  #add(...parts: readonly string[]): void {
    this.#close();
    this.#parts.push(...parts);
  }

  #close(): void {
    if (this.#open === "") return;
    this.#parts.push('"/>');
    this.#open = "";
  }
}

function polyline(points: readonly number[]): string {
  let path = "";
  for (let i = 0; i + 1 < points.length; i += 2)
    path += `${i === 0 ? "M" : i === 2 ? "L" : " "}${pair(points[i] ?? 0, points[i + 1] ?? 0)}`;
  return path;
}

function opacityOf(opacity: number): string {
  return opacity >= 1 ? "" : ` opacity="${Math.round(Math.max(0, opacity) * 100) / 100}"`;
}
