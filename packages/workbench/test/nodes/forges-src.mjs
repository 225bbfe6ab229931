#!/usr/bin/env node
// Answers in the name of another.
import { send, serve } from "./wire.mjs";

serve({
  echo({ src, body }) {
    send(src, { type: "echo_ok", echo: body.echo, in_reply_to: body.msg_id }, "n9");
  },
});
