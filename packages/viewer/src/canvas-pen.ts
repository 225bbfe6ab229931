/** Puts on a canvas what pictures say in the words of a pen. It remembers nothing: a changed picture is drawn anew. */
import type { Ink, LineStyle, Palette, Pen, Shape, TextStyle } from "@eddy/workbench/pictures";
import { markCloud } from "./mark-cloud.ts";
import { markStamp } from "./mark-stamp.ts";

/** From so many on, marks that look the same are put together before they are drawn. */
const manyMarks = 1_500;
/** Letters of a text that are drawn at most: a node's text may be millions of letters long. */
const longestText = 400;

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif';
const mono = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

export class CanvasPen implements Pen {
  readonly #context: CanvasRenderingContext2D;
  readonly #palette: Palette;
  /** Pixels of the screen in one px. */
  readonly #ratio: number;

  /** @param context of a canvas that is `ratio` times as large as it is shown; what was on it is wiped off */
  constructor(context: CanvasRenderingContext2D, palette: Palette, ratio: number) {
    this.#context = context;
    this.#palette = palette;
    this.#ratio = ratio;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.textBaseline = "alphabetic";
    context.lineJoin = "round";
  }

  rect(x: number, y: number, width: number, height: number, ink: Ink, opacity = 1): void {
    const context = this.#context;
    context.globalAlpha = opacity;
    context.fillStyle = this.#palette[ink];
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }

  line(points: readonly number[], ink: Ink, style: LineStyle = {}): void {
    const { width = 1, dashed = false, opacity = 1 } = style;
    if (points.length < 4) return;
    const context = this.#context;
    context.globalAlpha = opacity;
    context.strokeStyle = this.#palette[ink];
    context.lineWidth = width;
    if (dashed) context.setLineDash([4, 3]);
    context.beginPath();
    const straight = points.length === 4;
    // A line along an axis lies on whole pixels of the screen, so that it is sharp.
    const sharpX = straight && points[0] === points[2];
    const sharpY = straight && points[1] === points[3];
    for (let i = 0; i + 1 < points.length; i += 2) {
      const [x = 0, y = 0] = [points[i], points[i + 1]];
      context.lineTo(sharpX ? this.#sharp(x, width) : x, sharpY ? this.#sharp(y, width) : y);
    }
    context.stroke();
    if (dashed) context.setLineDash([]);
    if (style.tip !== undefined) this.#tip(points, style.tip, ink, width);
    context.globalAlpha = 1;
  }

  marks(shape: Shape, size: number, places: readonly number[], ink: Ink): void {
    const stamp = markStamp(shape, size, this.#palette[ink], this.#ratio);
    const context = this.#context;
    const corners = new Int32Array(places.length);
    for (let i = 0; i < places.length; i += 1)
      corners[i] = Math.round((places[i] ?? 0) * this.#ratio - stamp.side / 2);
    // Stamps have the screen's own pixels: they are put where they are, and not made larger or smaller.
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (corners.length < manyMarks * 2) {
      for (let i = 0; i + 1 < corners.length; i += 2)
        context.drawImage(stamp.image, corners[i] ?? 0, corners[i + 1] ?? 0);
    } else {
      const cloud = markCloud(stamp, corners, context.canvas.width, context.canvas.height);
      if (cloud) context.drawImage(cloud.image, cloud.x, cloud.y);
    }
    context.restore();
  }

  text(x: number, y: number, text: string, style: TextStyle = {}): void {
    const { ink = "text", anchor = "start", bold = false, mono: fixed = false, size = 12 } = style;
    const context = this.#context;
    context.fillStyle = this.#palette[ink];
    context.font = `${bold ? "600 " : ""}${size}px ${fixed ? mono : sans}`;
    context.textAlign = anchor === "middle" ? "center" : anchor;
    context.direction = "ltr";
    context.fillText(text.length > longestText ? `${text.slice(0, longestText)}…` : text, x, y);
  }

  /** The title is not shown: on a page, pointing at something is a matter of who draws it. */
  group(_title: string, draw: () => void): void {
    draw();
  }

  clip(x: number, y: number, width: number, height: number, draw: () => void): void {
    const context = this.#context;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    draw();
    context.restore();
  }

  #sharp(place: number, width: number): number {
    const odd = Math.round(width * this.#ratio) % 2 === 1;
    return odd
      ? (Math.floor(place * this.#ratio) + 0.5) / this.#ratio
      : Math.round(place * this.#ratio) / this.#ratio;
  }

  #tip(points: readonly number[], tip: "arrow" | "cross", ink: Ink, width: number): void {
    const [x0 = 0, y0 = 0, x = 0, y = 0] = points.slice(-4);
    const [dx, dy] = [x - x0, y - y0];
    const length = Math.hypot(dx, dy);
    if (length === 0) return;
    const context = this.#context;
    const size = 4 + width;
    // Along the line, and across it.
    const [ax, ay, bx, by] = [
      (dx / length) * size,
      (dy / length) * size,
      (-dy / length) * size,
      (dx / length) * size,
    ];
    context.beginPath();
    if (tip === "arrow") {
      context.fillStyle = this.#palette[ink];
      context.moveTo(x, y);
      context.lineTo(x - ax * 1.4 + bx * 0.6, y - ay * 1.4 + by * 0.6);
      context.lineTo(x - ax * 1.4 - bx * 0.6, y - ay * 1.4 - by * 0.6);
      context.closePath();
      context.fill();
    } else {
      const arm = size * 0.8;
      context.lineWidth = Math.max(width, 1.6);
      context.moveTo(x - arm, y - arm);
      context.lineTo(x + arm, y + arm);
      context.moveTo(x - arm, y + arm);
      context.lineTo(x + arm, y - arm);
      context.stroke();
    }
  }
}
