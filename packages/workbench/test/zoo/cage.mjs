// What the servers of the zoo have in common: handlers by message type, RPCs among themselves, and gossip. The way in which
// a server is wrong is its first argument; without one it is good.
import { reply, replyInit, send, serve } from "../nodes/wire.mjs";

export const way = process.argv[2] ?? "good";
export let self = "";
export let others = [];

let lastId = 0;
const waiting = new Map();

/** Asks another node or a service, and resolves with the body of the reply. */
export function ask(dest, body) {
  const msg_id = ++lastId;
  send(dest, { ...body, msg_id });
  return new Promise((resolve) => waiting.set(msg_id, resolve));
}

/** Answers each message with what the handler for its type returns; undefined is no answer. */
export function run(handlers) {
  serve({
    init(message) {
      self = message.body.node_id;
      others = message.body.node_ids.filter((name) => name !== self);
      replyInit(message);
    },
    async other(message) {
      const { type, in_reply_to } = message.body;
      if (in_reply_to === undefined) {
        const answer = await handlers[type](message.body, message);
        if (answer !== undefined) reply(message, answer);
      } else {
        waiting.get(in_reply_to)?.(message.body);
        waiting.delete(in_reply_to);
      }
    },
  });
}

/** Tells all others something, again and again. */
export function gossip(make) {
  setInterval(() => {
    for (const name of others) send(name, { type: "gossip", ...make() });
  }, 100);
}
