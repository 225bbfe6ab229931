#!/usr/bin/env node
// Answers no echo after the first.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number === 1) replyEcho(message);
  },
});
