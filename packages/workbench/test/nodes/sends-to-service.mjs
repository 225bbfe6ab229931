#!/usr/bin/env node
// Uses a service that is not there.
import { replyEcho, send, serve } from "./wire.mjs";

serve({
  echo(message) {
    send("lin-kv", { type: "read", key: 1, msg_id: 1 });
    replyEcho(message);
  },
});
