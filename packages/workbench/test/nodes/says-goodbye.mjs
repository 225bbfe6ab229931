#!/usr/bin/env node
// Prints on stdout when it is asked to end.
import { serve } from "./wire.mjs";

process.on("SIGTERM", () => {
  console.log("Goodbye!");
  process.exit(0);
});
serve({});
