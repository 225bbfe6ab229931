#!/usr/bin/env node
// Answers echoes, and floods the network with messages to itself, as fast as it can print them.
import { replyInit, serve } from "./wire.mjs";

serve({
  init(message) {
    replyInit(message);
    const { node_id } = message.body;
    const line = `${JSON.stringify({ src: node_id, dest: node_id, body: { type: "flood" } })}\n`;
    const chunk = line.repeat(1000);
    const flood = () => process.stdout.write(chunk, () => setImmediate(flood));
    flood();
  },
});
