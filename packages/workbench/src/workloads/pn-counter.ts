/**
 * PN-counter: clients add to a counter and take away from it, and read it.
 *
 * An operation `add` adds an integer from -5 to 4; `read` asks for the counter's value. There are about as many of the one
 * as of the other. At the end, when all is healed and 10 s have passed, every client reads once more. An error that says
 * that nothing happened ends an operation `fail`, any other error and a reply that does not come within 5 s `info`; a read
 * changes nothing, and has then failed.
 *
 * The history is right when each of the final reads is the sum of all adds that ended ok and of any of those that ended
 * `info`. What was read before that is not judged: it may be older than what is known elsewhere.
 */
import { repeatedly } from "../clients/generator.ts";
import { mix } from "../clients/sequence.ts";
import { reads } from "./adds-and-reads.ts";
import { counter } from "./counter.ts";
import type { Workload } from "./workload.ts";

export const pnCounter: Workload = {
  ...counter,
  name: "pn-counter",
  generator(random) {
    const adds = repeatedly(() => ({ f: "add", value: random.integer(10) - 5 }));
    return mix([adds, reads()], random);
  },
};
