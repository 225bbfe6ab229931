#!/usr/bin/env node
// A counter that goes up and down. Good: each node counts its own adds, and everybody tells everybody what it knows of all.
import { ask, gossip, run, self, way } from "./cage.mjs";

/** By node how many adds it had and what they come to. */
const known = {};

function count(delta) {
  const { adds, sum } = known[self] ?? { adds: 0, sum: 0 };
  known[self] = { adds: adds + 1, sum: sum + delta };
}

function total() {
  return Object.values(known).reduce((sum, entry) => sum + entry.sum, 0);
}

/** A value of the newest state: after a write, seq-kv shows this node no older one. */
async function readCounter() {
  await ask("seq-kv", { type: "write", key: self, value: Math.random() });
  const { value = 0 } = await ask("seq-kv", { type: "read", key: "counter" });
  return value;
}

const adding = {
  good: count,
  // WRONG: negative deltas are acknowledged and dropped.
  rises: (delta) => count(Math.max(0, delta)),
  // WRONG: what another node writes between this one's read and its write is gone.
  async races(delta) {
    await ask("seq-kv", { type: "write", key: "counter", value: (await readCounter()) + delta });
  },
  // WRONG: n0 counts for all; it is asked again when it does not answer at once, and counts again.
  async retries(delta) {
    const asked = () => ask("n0", { type: "count", delta });
    const again = setInterval(asked, 50);
    await asked();
    clearInterval(again);
  },
};

// WRONG (floors): it counts as it should, but does not say when the sum is below 0.
adding.floors = count;

if (way === "good" || way === "rises" || way === "floors") gossip(() => ({ known }));

run({
  async add({ delta }) {
    await adding[way](delta);
    return { type: "add_ok" };
  },
  count({ delta }) {
    count(delta);
    return { type: "count_ok" };
  },
  gossip({ known: more }) {
    for (const [name, entry] of Object.entries(more))
      if (entry.adds > (known[name]?.adds ?? 0)) known[name] = entry;
  },
  async read() {
    if (way === "races") return { type: "read_ok", value: await readCounter() };
    if (way === "retries" && self !== "n0")
      return { ...(await ask("n0", { type: "read" })), in_reply_to: undefined };
    return { type: "read_ok", value: way === "floors" ? Math.max(0, total()) : total() };
  },
});
