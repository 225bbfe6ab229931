/** Marks without those that nobody would see: of all that look the same and lie on the same spot, one is drawn. */

/** Looks that can be told apart: bits of a cell. */
const mostLooks = 32;

/** What lies on each spot, a bit for each look; kept for the next picture, for a page draws many in a second. */
let cells = new Uint32Array(0);

export interface Spots {
  /** For each look, the places of its marks: x, y, x, y, …, px. A mark lies where the first lay of those that it stands for. */
  readonly places: readonly (readonly number[])[];
  readonly marks: number;
  /** px: the width and the height of a spot. */
  readonly spot: number;
}

/** Gives the marks one after the other; stops when `add` returns false. */
export type MarkSource = (add: (x: number, y: number, look: number) => boolean) => void;

/**
 * @param width px; x from 0 up to this one, and the same for `height` and y
 * @param looks 32 at most
 * @param most marks; where there would be more, spots become larger
 */
export function spotsOf(
  width: number,
  height: number,
  looks: number,
  most: number,
  source: MarkSource,
): Spots {
  if (looks > mostLooks) throw new RangeError(`${looks} looks are more than ${mostLooks}`);
  for (let spot = 1; ; spot = spot < 8 ? spot + 1 : spot * 2) {
    const spots = spotsOfSize(spot, width, height, looks, most, source);
    if (spots) return spots;
  }
}

function spotsOfSize(
  spot: number,
  width: number,
  height: number,
  looks: number,
  most: number,
  source: MarkSource,
): Spots | undefined {
  const [columns, rows] = [Math.floor(width / spot) + 1, Math.floor(height / spot) + 1];
  // Of the last spot there is always one, so that this ends.
  const limit = columns * rows === 1 ? Number.POSITIVE_INFINITY : most;
  const needed = columns * rows;
  if (cells.length < needed) cells = new Uint32Array(needed);
  else cells.fill(0, 0, needed);
  const places: number[][] = Array.from({ length: looks }, () => []);
  let marks = 0;
  source((x, y, look) => {
    const [column, row] = [Math.floor(x / spot), Math.floor(y / spot)];
    const cell = row * columns + column;
    const bit = 1 << look;
    const there = cells[cell] ?? 0;
    if (there & bit) return true;
    cells[cell] = there | bit;
    places[look]?.push(x, y);
    return ++marks <= limit;
  });
  return marks <= limit ? { places, marks, spot } : undefined;
}
