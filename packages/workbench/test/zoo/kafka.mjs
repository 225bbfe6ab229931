#!/usr/bin/env node
// Kafka-like logs, all of them on the first node; the others pass on what they are asked. Good: one list for each key.
import { ask, others, run, self, way } from "./cage.mjs";

/** By key the pairs of offset and message, in order. */
const logs = {};
const committed = {};
let sends = 0;
let polls = 0;

function append(key, msg) {
  logs[key] ??= [];
  const log = logs[key];
  const last = log.at(-1)?.[0] ?? -1;
  sends++;
  // WRONG (reuses): every 7th message gets the offset of the one before it, and takes its place.
  const reuses = way === "reuses" && sends % 7 === 0 && log.length > 0;
  if (reuses) log.pop();
  const offset = reuses ? last : last + 1;
  // WRONG (loses): every 7th message is acknowledged, and gone.
  if (way === "loses" && sends % 7 === 0) log.push([offset]);
  // WRONG (repeats): every 7th message is stored twice.
  else if (way === "repeats" && sends % 7 === 0) log.push([offset, msg], [offset + 1, msg]);
  else log.push([offset, msg]);
  return offset;
}

function from(key, start) {
  let pairs = (logs[key] ?? []).filter((pair) => pair.length === 2 && pair[0] >= start);
  // WRONG (cuts): what was sent last is never given.
  if (way === "cuts") pairs = pairs.filter(([offset]) => offset < (logs[key]?.length ?? 0) - 2);
  polls++;
  // WRONG (skips): every 5th poll leaves out the second message that it should give.
  if (way === "skips" && polls % 5 === 0) pairs.splice(1, 1);
  // WRONG (rewinds): every 5th poll begins one message too early.
  if (way === "rewinds" && polls % 5 === 0 && start > 0)
    pairs.unshift(...(logs[key] ?? []).slice(start - 1, start));
  // WRONG (swaps): every 5th poll gives two messages in the wrong order.
  if (way === "swaps" && polls % 5 === 0) pairs.reverse();
  return pairs;
}

const here = {
  send: ({ key, msg }) => ({ type: "send_ok", offset: append(key, msg) }),
  poll({ offsets }) {
    const given = Object.entries(offsets).map(([key, start]) => [key, from(key, start)]);
    return { type: "poll_ok", msgs: Object.fromEntries(given.filter(([, pairs]) => pairs.length > 0)) };
  },
  commit_offsets({ offsets }) {
    for (const [key, offset] of Object.entries(offsets))
      committed[key] = Math.max(committed[key] ?? 0, offset);
    return { type: "commit_offsets_ok" };
  },
  list_committed_offsets({ keys }) {
    const known = keys.filter((key) => key in committed);
    return {
      type: "list_committed_offsets_ok",
      offsets: Object.fromEntries(known.map((key) => [key, committed[key]])),
    };
  },
};

/** Has the leader answer. */
function passedOn(handler) {
  return async (body) => {
    const leader = [self, ...others].sort()[0];
    // WRONG (splits): two nodes think that they are the leader.
    if (self === leader || (way === "splits" && self === "n1")) return handler(body);
    const { msg_id, in_reply_to, ...answer } = await ask(leader, body);
    return answer;
  };
}

run(Object.fromEntries(Object.entries(here).map(([type, handler]) => [type, passedOn(handler)])));
