/** Small pictures of what the charts draw, for legends. */
import type { Ink, Shape } from "@eddy/workbench/pictures";

const outlines: Readonly<Record<Shape, string>> = {
  circle: "M2 6a4 4 0 1 0 8 0a4 4 0 1 0-8 0z",
  square: "M2.4 2.4h7.2v7.2h-7.2z",
  triangle: "M6 2l4 7.2h-8z",
  diamond: "M6 1.4l4.6 4.6-4.6 4.6-4.6-4.6z",
  plus: "M6 1.8v8.4M1.8 6h8.4",
  cross: "M2.4 2.4l7.2 7.2m0-7.2l-7.2 7.2",
};

export function ShapeSwatch({ shape, ink }: { shape: Shape; ink: Ink }) {
  const open = shape === "plus" || shape === "cross";
  const colour = `var(--${ink})`;
  return (
    <svg class="swatch" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path
        d={outlines[shape]}
        style={open ? { stroke: colour, strokeWidth: "1.8" } : { fill: colour }}
        fill="none"
      />
    </svg>
  );
}

interface LineSwatchProps {
  readonly ink: Ink;
  /** px */
  readonly width: number;
  readonly dashed: boolean;
  /** With a mark on it. */
  readonly mark?: boolean;
}

export function LineSwatch({ ink, width, dashed, mark = false }: LineSwatchProps) {
  return (
    <svg class="swatch" width="20" height="12" viewBox="0 0 20 12" aria-hidden="true">
      <path
        d="M0 6h20"
        style={{ stroke: `var(--${ink})`, strokeWidth: String(width) }}
        stroke-dasharray={dashed ? "4 3" : undefined}
      />
      {mark && <circle cx="10" cy="6" r="4" style={{ fill: `var(--${ink})` }} />}
    </svg>
  );
}
