#!/usr/bin/env node
// A set that only grows. Good: everybody tells everybody all elements, again and again.
import { gossip, run, self, way } from "./cage.mjs";

const elements = new Set();

gossip(() => ({ elements: [...elements] }));

run({
  add({ element }) {
    // WRONG (loses): n1 acknowledges elements without keeping them.
    if (way === "loses" && self === "n1") return { type: "add_ok" };
    elements.add(element);
    // WRONG (refuses): says that it did not happen, but it did.
    if (way === "refuses" && element % 4 === 3) return { type: "error", code: 11, text: "too busy" };
    return { type: "add_ok" };
  },
  gossip({ elements: more }) {
    for (const element of more) elements.add(element);
  },
  read() {
    // WRONG (invents): an element that nobody added; of another kind, too.
    const invented = way === "invents" && self === "n0" ? ["ghost"] : [];
    return { type: "read_ok", value: [...elements, ...invented] };
  },
});
