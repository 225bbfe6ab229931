/**
 * What draws: charts and diagrams say what there is to see in these few words, and a pen makes SVG of it for files, or
 * puts it on a canvas for pages. Lengths are px, x to the right, y down.
 */

/** What something is; how it looks is decided once, in `inks.ts`, for light and for dark. */
export type Ink =
  | "text"
  | "faint"
  | "grid"
  | "axis"
  | "paper"
  | "ok"
  | "fail"
  | "info"
  | "open"
  | "client"
  | "server"
  | "error"
  | "lost"
  | "fault"
  | "gap"
  | "mark"
  | "p50"
  | "p95"
  | "p99"
  | "p100";

/** Told apart without colour. */
export type Shape = "circle" | "square" | "triangle" | "diamond" | "plus" | "cross";

export const shapes: readonly Shape[] = ["circle", "square", "triangle", "diamond", "plus", "cross"];

export interface TextStyle {
  readonly ink?: Ink;
  readonly anchor?: "start" | "middle" | "end";
  readonly bold?: boolean;
  readonly mono?: boolean;
  /** px; 12 unless said. */
  readonly size?: number;
}

export interface LineStyle {
  /** px; 1 unless said. */
  readonly width?: number;
  readonly dashed?: boolean;
  /** It ends in an arrow head, or in a cross. */
  readonly tip?: "arrow" | "cross";
  /** 0 … 1; 1 unless said. */
  readonly opacity?: number;
}

export interface Pen {
  rect(x: number, y: number, width: number, height: number, ink: Ink, opacity?: number): void;
  /** A line through points x, y, x, y, … */
  line(points: readonly number[], ink: Ink, style?: LineStyle): void;
  /** The same shape at many places x, y, x, y, …; `size` is its width in px. */
  marks(shape: Shape, size: number, places: readonly number[], ink: Ink): void;
  /** `y` is the base line. */
  text(x: number, y: number, text: string, style?: TextStyle): void;
  /** What is drawn in `draw` belongs together; `title` is shown where one points at it. */
  group(title: string, draw: () => void): void;
  /** What is drawn in `draw` is cut off at these edges. */
  clip(x: number, y: number, width: number, height: number, draw: () => void): void;
}
