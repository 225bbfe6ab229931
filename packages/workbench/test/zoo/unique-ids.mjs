#!/usr/bin/env node
// Ids. Good: random ones, and large ones that no floating-point number can tell apart.
import { randomUUID } from "node:crypto";
import { run, self, way } from "./cage.mjs";

let count = 0;

const ways = {
  good: () => randomUUID(),
  // As @eddy/node and other libraries send it: the digits of an integer beyond 2^53.
  large: () => `large:${2n ** 60n + BigInt(self.slice(1)) + 1000n * BigInt(++count)}`,
  // Of different kinds, and so without an order.
  mixed: () => [`${self}-${++count}`, count + Number(self.slice(1)) / 10, { [self]: [count] }][count % 3],
  // WRONG: two nodes have the same clock.
  clock: () => Math.floor(Date.now() / 10),
  // WRONG: what restarts begins with 1 again.
  restarts: () => `${self}-${++count}`,
};

if (way === "large") {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (line) => write(line.replace(/"large:(\d+)"/, "$1"));
}

run({ generate: () => ({ type: "generate_ok", id: ways[way]() }) });
