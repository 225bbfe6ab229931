#!/usr/bin/env node
// Every second reply has a field that nobody asked for.
import { reply, replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number % 2 === 0) reply(message, { type: "echo_ok", echo: message.body.echo, node: "n0" });
    else replyEcho(message);
  },
});
