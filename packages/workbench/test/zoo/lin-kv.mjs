#!/usr/bin/env node
// Registers, all of them on the first node; the others pass on what they are asked. Good: one value for each key.
import { ask, others, run, self, way } from "./cage.mjs";

const values = {};
/** Values that keys had before, and when they lost them. */
const former = {};

const error = (code, text) => ({ type: "error", code, text });
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function set(key, value) {
  former[key] = { value: values[key], until: Date.now() };
  values[key] = value;
}

const here = {
  async read({ key }) {
    if (!(key in values)) return error(20, "no such key");
    const before = former[key];
    // WRONG (goes back): one read in four gives the value before, if that was there a moment ago.
    if (way === "goes-back" && before?.value !== undefined && Math.random() < 0.25)
      return { type: "read_ok", value: before.value };
    return { type: "read_ok", value: values[key] };
  },
  async write({ key, value }) {
    // WRONG (loses): one write in four is acknowledged, and not done.
    if (way !== "loses" || !(key in values) || Math.random() < 0.75) set(key, value);
    return { type: "write_ok" };
  },
  async cas({ key, from, to }) {
    if (!(key in values)) return error(20, "no such key");
    if (values[key] !== from) return error(22, `the value is ${values[key]}`);
    // WRONG (races): what others do between the comparison and the setting is overwritten.
    if (way === "races") await later(30);
    set(key, to);
    return { type: "cas_ok" };
  },
};

/** WRONG (caches): what was read on this node in the last 300 ms is given again. */
const cache = new Map();

function passedOn(type, handler) {
  return async (body) => {
    const leader = [self, ...others].sort()[0];
    // WRONG (splits): each node keeps values of its own.
    if (self === leader || way === "splits") return handler(body);
    const kept = cache.get(body.key);
    if (way === "caches" && type === "read" && kept?.until > Date.now()) return kept.answer;
    const { msg_id, in_reply_to, ...answer } = await ask(leader, body);
    if (type === "read" && answer.type === "read_ok")
      cache.set(body.key, { answer, until: Date.now() + 300 });
    return answer;
  };
}

run(Object.fromEntries(Object.entries(here).map(([type, handler]) => [type, passedOn(type, handler)])));
