#!/usr/bin/env node
// Answers every echo twice.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message) {
    replyEcho(message);
    replyEcho(message);
  },
});
