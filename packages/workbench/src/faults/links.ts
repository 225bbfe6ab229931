/** `loss`, `duplicate`, `reorder`, `slow`: links between servers become bad, those from and to some of the nodes. */
import type { Link } from "../network/link.ts";
import { draw } from "../time/random.ts";
import type { FaultMaker } from "./fault.ts";
import { drawTargets, targetKinds } from "./targets.ts";

/** How a link becomes bad. */
interface Damage {
  readonly name: string;
  /** How bad, by chance: a part of the messages, or ms. */
  readonly amounts: readonly [number, ...number[]];
  /** What the amount is called in the history. */
  readonly unit: string;
  change(link: Link, amount: number): Link;
}

const parts = [0.1, 0.3, 0.6] as const;

/** Messages get lost: some, or most. */
export const loss = damaging({
  name: "loss",
  amounts: parts,
  unit: "part",
  change: (link, part) => ({ ...link, loss: either(link.loss, part) }),
});

/** Messages arrive twice. */
export const duplicate = damaging({
  name: "duplicate",
  amounts: parts,
  unit: "part",
  change: (link, part) => ({ ...link, duplication: either(link.duplication, part) }),
});

/** Messages are held back a little, so that later ones overtake them. */
export const reorder = damaging({
  name: "reorder",
  amounts: parts,
  unit: "part",
  change: (link, part) => ({ ...link, reordering: either(link.reordering, part) }),
});

/** Messages take longer by that mean, but not all of them as long: they overtake each other. */
export const slow = damaging({
  name: "slow",
  amounts: [50, 200, 1000],
  unit: "ms",
  change: (link, ms) => ({
    ...link,
    latency: { mean: link.latency.mean + ms, distribution: "exponential" },
  }),
});

/** The part to which one or the other happens. */
function either(part: number, other: number): number {
  return 1 - (1 - part) * (1 - other);
}

function damaging({ name, amounts, unit, change }: Damage): FaultMaker {
  return ({ nodes, network }, random) => {
    let lift = (): void => {};
    return {
      start: `start-${name}`,
      stop: `stop-${name}`,
      plan() {
        const [kind, amount] = [draw(targetKinds, random), draw(amounts, random)];
        return {
          value: [kind, amount],
          async carryOut() {
            const struck = drawTargets(kind, nodes, random);
            const isStruck = new Set(struck);
            lift = network.links.disturb({
              affects: (src, dest) => isStruck.has(src) || isStruck.has(dest),
              change: (link) => change(link, amount),
            });
            return { nodes: struck, [unit]: amount };
          },
        };
      },
      async mend() {
        lift();
        return "network-healed";
      },
    };
  };
}
