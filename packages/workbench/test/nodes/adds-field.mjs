#!/usr/bin/env node
// Puts a field of its own beside src, dest and body.
import { serve } from "./wire.mjs";

serve({
  echo({ src, dest, body }) {
    const reply = { type: "echo_ok", echo: body.echo, in_reply_to: body.msg_id };
    console.log(JSON.stringify({ src: dest, dest: src, body: reply, trace: 1 }));
  },
});
