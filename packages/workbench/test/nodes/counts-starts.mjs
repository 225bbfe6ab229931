#!/usr/bin/env node
// A good node that remembers in its data folder how often it was started, and forgets all else.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./wire.mjs";

const file = join(process.env.EDDY_DATA_DIR, "starts");
const starts = existsSync(file) ? Number(readFileSync(file, "utf8")) + 1 : 1;
writeFileSync(file, `${starts}`);
console.error(`start ${starts} of process ${process.pid}`);
serve({});
