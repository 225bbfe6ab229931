/** `pause`: nodes stand still in the middle of whatever they do, and later go on as if nothing had been. */
import { draw } from "../time/random.ts";
import type { FaultMaker } from "./fault.ts";
import { drawTargets, targetKinds } from "./targets.ts";

export const pause: FaultMaker = ({ nodes, processes }, random) => {
  let paused: readonly string[] = [];
  return {
    start: "pause",
    stop: "resume",
    plan() {
      const kind = draw(targetKinds, random);
      return {
        value: kind,
        async carryOut() {
          paused = drawTargets(kind, nodes, random).filter((name) => processes.pause(name));
          return Object.fromEntries(paused.map((name) => [name, "paused"]));
        },
      };
    },
    async mend() {
      const resumed = paused.filter((name) => processes.resume(name));
      paused = [];
      return Object.fromEntries(resumed.map((name) => [name, "resumed"]));
    },
  };
};
