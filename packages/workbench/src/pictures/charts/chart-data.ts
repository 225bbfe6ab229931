/** What a chart is drawn from, and where its parts lie in the picture. */
import type { Frame } from "../frame.ts";
import type { Points } from "../points.ts";
import type { Bins, FaultSpan } from "../run-data.ts";
import { bandsHeight } from "./fault-bands.ts";
import { legendHeight } from "./legend.ts";

export interface ChartData {
  /** All of them, or as many as there are. */
  readonly points: Points;
  readonly bins: Bins;
  readonly faults: readonly FaultSpan[];
}

export interface ChartOptions {
  /** Whether the chart says what its colours and shapes mean; it does unless said. */
  readonly legend?: boolean;
  /** Marks at most: where there would be more, those that are close to each other become one. There may be any number unless said. */
  readonly mostMarks?: number;
}

/** px from the top of the picture: where values are drawn. */
export interface Plot {
  readonly top: number;
  readonly bottom: number;
}

/** px */
const axisHeight = 24;
/** Above the highest value, for half of its mark and of its label. */
const headroom = 8;

export function plotOf({ height }: Frame, { faults }: ChartData, { legend = true }: ChartOptions = {}): Plot {
  const top = (legend ? legendHeight : 0) + bandsHeight(faults) + headroom;
  return { top, bottom: Math.max(top + 1, height - axisHeight) };
}
