#!/usr/bin/env node
// Is killed by a signal at the third echo.
import { replyEcho, serve } from "./wire.mjs";

serve({
  echo(message, number) {
    if (number === 3) process.kill(process.pid, "SIGKILL");
    else replyEcho(message);
  },
});
