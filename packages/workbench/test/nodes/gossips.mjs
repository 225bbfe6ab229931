#!/usr/bin/env node
// A good node that never stops sending long messages: whenever it is stopped, it is in the middle of one.
import { replyInit, send, serve } from "./wire.mjs";

const text = "x".repeat(500_000);
serve({
  init(message) {
    replyInit(message);
    setInterval(() => {
      if (process.stdout.writableLength === 0) send("n1", { type: "gossip", text });
    }, 1);
  },
});
