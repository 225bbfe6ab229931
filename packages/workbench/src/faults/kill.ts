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
          return done(names, "killed", (name) => processes.kill(name));
        },
      };
    },
    async mend() {
      const names = [...down];
      down.clear();
      return done(names, "started", (name) => processes.restart(name));
    },
  };
};

/** Does something with all of these nodes at once, and tells with which of them it was done. */
async function done(
  names: readonly string[],
  word: string,
  act: (name: string) => Promise<boolean>,
): Promise<unknown> {
  const acted = await Promise.all(names.map(act));
  return Object.fromEntries(names.filter((_, i) => acted[i]).map((name) => [name, word]));
}
