/** What became of the pictures of a run: parts of the results that judge nothing, and that the original has, too. */
import type { Results } from "./judge.ts";
import type { Verdict } from "./verdict.ts";

/** Whether a picture was drawn: it is `unknown` when it was not, and never false. */
export interface Drawn extends Verdict {
  /** What kept it from being drawn, in words. */
  readonly error?: string;
}

/** The pictures of how fast operations were: latencies, and the rate. */
export interface Perf extends Drawn {
  readonly "latency-graph"?: Drawn;
  readonly "rate-graph"?: Drawn;
}

/** The results with what became of the pictures, in the original's order. The verdict on the run stays what it was. */
export function withPictures(
  { perf: _, timeline: __, ...judged }: Results,
  pictures: Required<Pick<Results, "perf" | "timeline">>,
): Results {
  const { perf, timeline } = pictures;
  return { perf, timeline, ...judged };
}
