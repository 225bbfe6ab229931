#!/usr/bin/env node
// Broadcast. Good: everybody tells everybody all messages, again and again.
import { send } from "../nodes/wire.mjs";
import { gossip, others, run, self, way } from "./cage.mjs";

let seen = new Set();
const list = [];

function see(message) {
  seen.add(message);
  list.push(message);
}

// WRONG (drops): tells the others once. Who does not hear it then never will.
if (way !== "drops") gossip(() => ({ messages: [...seen] }));

run({
  topology: () => ({ type: "topology_ok" }),
  broadcast({ message }) {
    see(message);
    for (const name of others) send(name, { type: "gossip", messages: [message] });
    return { type: "broadcast_ok" };
  },
  gossip({ messages }) {
    for (const message of messages) if (!seen.has(message)) see(message);
    // WRONG (duplicates): what is told for the second time is taken down again, now and then.
    if (way === "duplicates" && self === "n1" && messages.length > 3) list.push(messages[2]);
  },
  read() {
    if (way === "duplicates") return { type: "read_ok", messages: list };
    // WRONG (invents): a message that nobody sent.
    if (way === "invents") return { type: "read_ok", messages: [...seen, 1000000] };
    // WRONG (forgets): a message that was seen is there no more.
    if (way === "forgets" && seen.size > 10) seen = new Set([...seen].filter((message) => message !== 3));
    return { type: "read_ok", messages: [...seen] };
  },
});
