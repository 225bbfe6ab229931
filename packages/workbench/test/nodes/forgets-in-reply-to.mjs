#!/usr/bin/env node
// Answers without saying what.
import { replyEcho, send, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number === 1) replyEcho(message);
    else send(message.src, { type: "echo_ok", echo: message.body.echo });
  },
});
