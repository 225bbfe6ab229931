#!/usr/bin/env node
// The first node reads its init and then nothing more; all others send it a hundred megabytes each.
import { readSync } from "node:fs";

const buffer = Buffer.alloc(65536);
let text = "";
while (!text.includes("\n")) {
  try {
    text += buffer.toString("latin1", 0, readSync(0, buffer));
  } catch (error) {
    if (error.code !== "EAGAIN") throw error;
  }
}
const { src, body } = JSON.parse(text.slice(0, text.indexOf("\n")));
const { node_id, node_ids, msg_id } = body;
const line = (dest, content) => `${JSON.stringify({ src: node_id, dest, body: content })}\n`;
process.stdout.write(line(src, { type: "init_ok", in_reply_to: msg_id }));
setInterval(() => {}, 1000);
if (node_id !== node_ids[0]) {
  const long = line(node_ids[0], { type: "long", text: "x".repeat(100_000) });
  let left = 1000;
  const talk = () => left-- > 0 && process.stdout.write(long, () => setImmediate(talk));
  talk();
}
