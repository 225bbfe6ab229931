#!/usr/bin/env node
// A good node that starts another process in a session of its own, out of its process group.
import { spawn } from "node:child_process";
import { serve } from "./wire.mjs";

spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();
serve({});
