/** A pen that remembers what it was told to draw, for tests of pictures. */
import type { Ink, LineStyle, Pen, Shape, TextStyle } from "../src/pictures/pen.ts";

export interface Call {
  readonly kind: "rect" | "line" | "marks" | "text";
  readonly ink: Ink;
  readonly x?: number;
  readonly y?: number;
  /** Of a rectangle, or of a line. */
  readonly width?: number;
  readonly height?: number;
  readonly opacity?: number;
  readonly points?: readonly number[];
  readonly dashed?: boolean;
  readonly shape?: Shape;
  readonly text?: string;
}

export class RecordingPen implements Pen {
  readonly calls: Call[] = [];

  rect(x: number, y: number, width: number, height: number, ink: Ink, opacity = 1): void {
    this.calls.push({ kind: "rect", ink, x, y, width, height, opacity });
  }

  line(
    points: readonly number[],
    ink: Ink,
    { width = 1, dashed = false, opacity = 1 }: LineStyle = {},
  ): void {
    this.calls.push({ kind: "line", ink, points: [...points], width, dashed, opacity });
  }

  marks(shape: Shape, size: number, places: readonly number[], ink: Ink): void {
    this.calls.push({ kind: "marks", ink, shape, width: size, points: [...places] });
  }

  text(x: number, y: number, text: string, { ink = "text" }: TextStyle = {}): void {
    this.calls.push({ kind: "text", ink, x, y, text });
  }

  group(_title: string, draw: () => void): void {
    draw();
  }

  clip(_x: number, _y: number, _width: number, _height: number, draw: () => void): void {
    draw();
  }
}
