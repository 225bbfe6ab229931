#!/usr/bin/env node
// Never answers init.
import { serve } from "./wire.mjs";

console.error("waiting for a leader");
serve({ init() {} });
