#!/usr/bin/env node
// Ends every message with two line ends.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message) {
    replyEcho(message);
    console.log();
  },
});
