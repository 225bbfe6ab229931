#!/usr/bin/env node
// Every second echo is another's.
import { reply, replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number % 2 === 0) reply(message, { type: "echo_ok", echo: "something else" });
    else replyEcho(message);
  },
});
