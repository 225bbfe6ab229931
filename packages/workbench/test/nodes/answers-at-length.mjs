#!/usr/bin/env node
// Answers echoes with ten megabytes: wrong ones, and errors, in turn.
import { reply, serve } from "./wire.mjs";

const text = "long ".repeat(2_000_000);
serve({
  echo(message, number) {
    if (number % 2 === 0) reply(message, { type: "error", code: 11, text });
    else reply(message, { type: "echo_ok", echo: [text, ...Array(100_000).fill([])] });
  },
});
