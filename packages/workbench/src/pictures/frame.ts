/** Where a picture lies that has time from left to right: all pictures of a page share one piece of time. */

export interface Frame {
  /** px of the whole picture. */
  readonly width: number;
  readonly height: number;
  /** px that are left free on either side, for labels. */
  readonly left: number;
  readonly right: number;
  /** The piece of time that is shown, ns. */
  readonly from: number;
  readonly to: number;
}

/** Where a time lies, px from the left. */
export function xOf({ width, left, right, from, to }: Frame, time: number): number {
  return left + ((time - from) / (to - from)) * (width - left - right);
}

/** The time that lies at `x` px. */
export function timeAt({ width, left, right, from, to }: Frame, x: number): number {
  return from + ((x - left) / (width - left - right)) * (to - from);
}
