/**
 * Tens of thousands of marks that look the same: put together pixel by pixel in memory, and drawn as one image. Drawn one by
 * one they would take longer than a frame.
 */
import type { Stamp } from "./mark-stamp.ts";

/** An image, and where its upper left corner belongs, in pixels of the screen. */
export interface Cloud {
  readonly image: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
}

let scratch: HTMLCanvasElement | undefined;

/**
 * The image is that of the next cloud, too: draw it at once.
 *
 * @param corners upper left corners of marks x, y, x, y, …, whole pixels of the screen
 * @param width of the canvas, px; marks outside are left out
 */
export function markCloud(
  stamp: Stamp,
  corners: Int32Array,
  width: number,
  height: number,
): Cloud | undefined {
  const box = boxOf(corners, stamp.side, width, height);
  if (!box) return undefined;
  const image = new ImageData(box.width, box.height);
  const alpha = opacities(stamp, corners, box);
  const pixels = new Uint32Array(image.data.buffer);
  for (let i = 0; i < alpha.length; i += 1) {
    const opacity = alpha[i] ?? 0;
    // Bytes are red, green, blue, opacity; machines that browsers run on have the first one lowest.
    if (opacity > 0) pixels[i] = (stamp.colour | (opacity << 24)) >>> 0;
  }
  scratch ??= document.createElement("canvas");
  scratch.width = box.width;
  scratch.height = box.height;
  scratch.getContext("2d")?.putImageData(image, 0, 0);
  return { image: scratch, x: box.x, y: box.y };
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The least box around all marks that lie in the canvas as a whole. */
function boxOf(corners: Int32Array, side: number, width: number, height: number): Box | undefined {
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let i = 0; i + 1 < corners.length; i += 2) {
    const [x = 0, y = 0] = [corners[i], corners[i + 1]];
    if (x < 0 || y < 0 || x + side > width || y + side > height) continue;
    if (x < x0) x0 = x;
    if (y < y0) y0 = y;
    if (x + side > x1) x1 = x + side;
    if (y + side > y1) y1 = y + side;
  }
  return x1 > x0 && y1 > y0 ? { x: x0, y: y0, width: x1 - x0, height: y1 - y0 } : undefined;
}

/** How opaque each pixel of the box becomes. */
export function opacities(
  { side, alpha }: Pick<Stamp, "side" | "alpha">,
  corners: Int32Array,
  box: Box,
): Uint8Array {
  const plane = new Uint8Array(box.width * box.height);
  for (let i = 0; i + 1 < corners.length; i += 2) {
    const [x, y] = [(corners[i] ?? 0) - box.x, (corners[i + 1] ?? 0) - box.y];
    if (x < 0 || y < 0 || x + side > box.width || y + side > box.height) continue;
    for (let row = 0; row < side; row += 1) {
      let place = (y + row) * box.width + x;
      for (let at = row * side; at < (row + 1) * side; at += 1, place += 1) {
        const over = alpha[at] ?? 0;
        if (over === 0) continue;
        const under = plane[place] ?? 0;
        plane[place] = over === 255 ? 255 : over + Math.round((under * (255 - over)) / 255);
      }
    }
  }
  return plane;
}
