/** How long a message between servers is under way: a distribution around a mean. */
import type { Random } from "../time/random.ts";

/** The shapes that `--latency-dist` offers. */
export const latencyDistributions = ["constant", "uniform", "exponential"] as const;
export type LatencyDistribution = (typeof latencyDistributions)[number];

/** Draws one latency, in the unit of the mean. Uniform lies between 0 and twice the mean. */
export function drawLatency(distribution: LatencyDistribution, mean: number, random: Random): number {
  switch (distribution) {
    case "constant":
      return mean;
    case "uniform":
      return random.float() * 2 * mean;
    case "exponential":
      return random.exponential(mean);
  }
}
