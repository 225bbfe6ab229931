/** `partition`: the network falls apart. */
import { draw } from "../time/random.ts";
import type { FaultMaker } from "./fault.ts";
import { drawGrudge, partitionKinds } from "./grudges.ts";

export const partition: FaultMaker = ({ nodes, network }, random) => ({
  start: "start-partition",
  stop: "stop-partition",
  plan() {
    const kind = draw(partitionKinds, random);
    return {
      value: kind,
      async carryOut() {
        const grudge = drawGrudge(kind, nodes, random);
        network.partition.cut(grudge);
        const named = [...grudge].map(([node, others]) => [node, [...others].sort()]);
        return ["isolated", Object.fromEntries(named)];
      },
    };
  },
  async mend() {
    network.partition.heal();
    return "network-healed";
  },
});
