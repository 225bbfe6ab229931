#!/usr/bin/env node
// Answers a request that nobody made.
import { replyEcho, send, serve } from "./wire.mjs";

serve({
  echo(message) {
    send(message.src, { type: "echo_ok", echo: "", in_reply_to: 4711 });
    replyEcho(message);
  },
});
