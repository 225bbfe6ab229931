#!/usr/bin/env node
// Nodes that leave all work to the first of them: they hand requests on to it as they came, and it answers the clients.
import { replyEcho, replyInit, send, serve } from "./wire.mjs";

let [self, first] = ["", ""];
serve({
  init(message) {
    self = message.body.node_id;
    first = message.body.node_ids[0];
    replyInit(message);
  },
  echo(message) {
    if (self === first) replyEcho(message);
    else send(first, message.body, message.src);
  },
});
