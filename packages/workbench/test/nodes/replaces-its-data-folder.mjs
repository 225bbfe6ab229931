#!/usr/bin/env node
// A good node that puts a file where its data folder was.
import { rmSync, writeFileSync } from "node:fs";
import { serve } from "./wire.mjs";

const folder = process.env.EDDY_DATA_DIR;
rmSync(folder, { recursive: true });
writeFileSync(folder, "");
serve({});
