#!/usr/bin/env node
// Does not end when it is asked to.
import { serve } from "./wire.mjs";

process.on("SIGTERM", () => console.error("asked to end"));
process.stdin.on("end", () => setInterval(() => {}, 1000));
serve({});
