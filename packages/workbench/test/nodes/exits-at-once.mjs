#!/usr/bin/env node
// Ends before it has answered init.
console.error("cannot open config.toml");
console.error("giving up");
process.exit(3);
