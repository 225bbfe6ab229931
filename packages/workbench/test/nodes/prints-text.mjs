#!/usr/bin/env node
// Logs to stdout, where only messages may go.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message) {
    console.log("got an echo \u001b[31mred");
    replyEcho(message);
  },
});
