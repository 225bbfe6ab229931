#!/usr/bin/env node
// Every second reply lacks its payload.
import { reply, replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number % 2 === 0) reply(message, { type: "echo_ok" });
    else replyEcho(message);
  },
});
