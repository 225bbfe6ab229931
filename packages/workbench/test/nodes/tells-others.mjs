#!/usr/bin/env node
// A good node that tells all others of each echo.
import { replyEcho, replyInit, send, serve } from "./wire.mjs";

let others = [];
serve({
  init(message) {
    const { node_id, node_ids } = message.body;
    others = node_ids.filter((name) => name !== node_id);
    replyInit(message);
  },
  echo(message, number) {
    for (const name of others) send(name, { type: "gossip", number });
    replyEcho(message);
  },
});
