/** All services by the names under which nodes reach them. */
import type { Random } from "../time/random.ts";
import { LinKv } from "./lin-kv.ts";
import { LinTso } from "./lin-tso.ts";
import { LwwKv } from "./lww-kv.ts";
import { SeqKv } from "./seq-kv.ts";
import type { Service } from "./service.ts";

/**
 * The services of one run, without any data yet.
 *
 * @param random gives the stream of randomness that has a name; each service draws from that of its own name
 */
export function makeServices(random: (name: string) => Random): Map<string, Service> {
  return new Map<string, Service>([
    ["lin-kv", new LinKv()],
    ["seq-kv", new SeqKv(random("seq-kv"))],
    ["lww-kv", new LwwKv(random("lww-kv"))],
    ["lin-tso", new LinTso()],
  ]);
}
