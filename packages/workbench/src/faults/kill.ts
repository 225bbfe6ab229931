/** `kill`: nodes are killed and later started again. What they know then is what they kept in `$EDDY_DATA_DIR`. */
import { draw } from "../time/random.ts";
import type { FaultMaker } from "./fault.ts";
import { drawTargets, targetKinds } from "./targets.ts";

export const kill: FaultMaker = ({ nodes, processes }, random) => {
  const down = new Set<string>();
  return {
    start: "kill",
    stop: "start",
    plan() {
      const kind = draw(targetKinds, random);
      return {
        value: kind,
        async carryOut() {
          const names = drawTargets(kind, nodes, random);
          for (const name of names) down.add(name);
          await Promise.all(names.map((name) => processes.kill(name)));
          return Object.fromEntries(names.map((name) => [name, "killed"]));
        },
      };
    },
    async mend() {
      const names = [...down];
      down.clear();
      await Promise.all(names.map((name) => processes.restart(name)));
      return Object.fromEntries(names.map((name) => [name, "started"]));
    },
  };
};
