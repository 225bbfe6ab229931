#!/usr/bin/env node
// Dies at the third echo.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number === 3) throw new Error("disk on fire");
    replyEcho(message);
  },
});
