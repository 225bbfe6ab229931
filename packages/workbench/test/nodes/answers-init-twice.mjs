#!/usr/bin/env node
// Answers init a second time, a while later.
import { replyInit, serve } from "./wire.mjs";

serve({
  init(message) {
    replyInit(message);
    setTimeout(replyInit, 100, message);
  },
});
