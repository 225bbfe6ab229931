#!/usr/bin/env node
// Sends what can be read, but not written again.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message) {
    const { src, dest } = message;
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    process.stdout.write(
      `{"src":"${dest}","dest":"${src}","body":{"type":"echo_ok","echo":${deep},"in_reply_to":1}}\n`,
    );
    replyEcho(message);
  },
});
