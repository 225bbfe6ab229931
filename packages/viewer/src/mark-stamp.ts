/** Marks as small images that are drawn once and then stamped: tens of thousands of paths would take a canvas too long. */
import type { Shape } from "@eddy/workbench/pictures";

/** A mark in the middle of a square image. */
export interface Stamp {
  readonly image: HTMLCanvasElement;
  /** Pixels of the screen. */
  readonly side: number;
  /** How opaque each of its pixels is, row by row. */
  readonly alpha: Uint8Array;
  /** As the number whose lowest byte is red, then green, then blue. */
  readonly colour: number;
}

const stamps = new Map<string, Stamp>();

/** `size` is the width of the mark in px, `ratio` the screen's pixels in one px. */
export function markStamp(shape: Shape, size: number, colour: string, ratio: number): Stamp {
  const key = `${shape} ${size} ${colour} ${ratio}`;
  const known = stamps.get(key);
  if (known) return known;
  // Sizes and ratios may vary without end while somebody zooms the browser.
  if (stamps.size > 500) stamps.clear();
  const image = document.createElement("canvas");
  const side = Math.ceil((size + 2) * ratio);
  image.width = side;
  image.height = side;
  const context = image.getContext("2d", { willReadFrequently: true });
  if (context) {
    context.scale(ratio, ratio);
    context.fillStyle = colour;
    context.strokeStyle = colour;
    context.lineWidth = Math.max(1.2, size / 4);
    drawMark(context, shape, side / ratio / 2, size / 2);
  }
  const { data } = context?.getImageData(0, 0, side, side) ?? {
    data: new Uint8ClampedArray(side * side * 4),
  };
  const alpha = new Uint8Array(side * side);
  for (let i = 0; i < alpha.length; i += 1) alpha[i] = data[i * 4 + 3] ?? 0;
  const stamp = { image, side, alpha, colour: colourOf(data, alpha) };
  stamps.set(key, stamp);
  return stamp;
}

/** The colour of the pixel that is most opaque: where it is faint, the browser has rounded it. */
function colourOf(data: Uint8ClampedArray, alpha: Uint8Array): number {
  let best = 0;
  for (let i = 0; i < alpha.length; i += 1) if ((alpha[i] ?? 0) > (alpha[best] ?? 0)) best = i;
  const [red = 0, green = 0, blue = 0] = data.subarray(best * 4, best * 4 + 3);
  return red | (green << 8) | (blue << 16);
}

function drawMark(context: CanvasRenderingContext2D, shape: Shape, middle: number, half: number): void {
  const corners = (...points: readonly (readonly [number, number])[]): void => {
    for (const [x, y] of points) context.lineTo(middle + x * half, middle + y * half);
    context.closePath();
    context.fill();
  };
  const stroke = (...points: readonly (readonly [number, number])[]): void => {
    points.forEach(([x, y], i) => {
      if (i % 2 === 0) context.moveTo(middle + x * half, middle + y * half);
      else context.lineTo(middle + x * half, middle + y * half);
    });
    context.stroke();
  };
  context.beginPath();
  switch (shape) {
    case "circle":
      context.arc(middle, middle, half, 0, Math.PI * 2);
      context.fill();
      break;
    case "square":
      corners([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]);
      break;
    case "triangle":
      corners([0, -1], [1, 0.8], [-1, 0.8]);
      break;
    case "diamond":
      corners([0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]);
      break;
    case "plus":
      stroke([-1, 0], [1, 0], [0, -1], [0, 1]);
      break;
    case "cross":
      stroke([-0.85, -0.85], [0.85, 0.85], [-0.85, 0.85], [0.85, -0.85]);
      break;
  }
}
