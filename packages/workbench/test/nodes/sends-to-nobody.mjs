#!/usr/bin/env node
// Sends to a node that does not exist.
import { replyEcho, send, serve } from "./wire.mjs";

serve({
  echo(message) {
    send("n77", { type: "gossip" });
    replyEcho(message);
  },
});
