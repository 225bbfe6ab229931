/** Links: what the way between two servers does to the messages on it, and what disturbs it for a while. */
import type { LatencyDistribution } from "./latency.ts";

/** The way from one server to another. */
export interface Link {
  /** The mean in ms. */
  readonly latency: { readonly mean: number; readonly distribution: LatencyDistribution };
  /** Which part of the messages is lost, 0 … 1. */
  readonly loss: number;
  /** Which part of the messages arrives twice, 0 … 1. */
  readonly duplication: number;
  /** Which part of the messages is held back, so that later ones overtake them, 0 … 1. */
  readonly reordering: number;
}

/** What makes some links other than they are. */
export interface Disturbance {
  affects(src: string, dest: string): boolean;
  change(link: Link): Link;
}

/** All links of a network. They are alike, but for what disturbs them. */
export class Links {
  readonly #base: Link;
  readonly #disturbances = new Set<Disturbance>();
  /** The links as they are now, by source and destination; empty when nothing disturbs them. */
  readonly #disturbed = new Map<string, Map<string, Link>>();

  constructor(base: Link) {
    this.#base = base;
  }

  /** Disturbs links until the function that is returned is called. Several disturbances of a link add up, in the order in which they came. */
  disturb(disturbance: Disturbance): () => void {
    // Twice the same is two disturbances.
    const own = { ...disturbance };
    this.#disturbances.add(own);
    this.#disturbed.clear();
    return () => {
      this.#disturbances.delete(own);
      this.#disturbed.clear();
    };
  }

  /** The link from one server to another, as it is now. */
  between(src: string, dest: string): Link {
    if (this.#disturbances.size === 0) return this.#base;
    let from = this.#disturbed.get(src);
    if (from === undefined) {
      from = new Map();
      this.#disturbed.set(src, from);
    }
    let link = from.get(dest);
    if (link === undefined) {
      link = this.#base;
      for (const { affects, change } of this.#disturbances) if (affects(src, dest)) link = change(link);
      from.set(dest, link);
    }
    return link;
  }
}
