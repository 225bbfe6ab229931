#!/usr/bin/env node
// Answers every second echo with an error, of the code that is its argument.
import { reply, replyEcho, serve } from "./wire.mjs";

const code = Number(process.argv[2]);

serve({
  echo(message, number) {
    if (number % 2 === 0) reply(message, { type: "error", code, text: "not today" });
    else replyEcho(message);
  },
});
