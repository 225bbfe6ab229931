// What the misbehaving nodes share: reading messages, and sending them as a good node would.
import { createInterface } from "node:readline";

let self = "";

export function send(dest, body, src = self) {
  process.stdout.write(`${JSON.stringify({ src, dest, body })}\n`);
}

export function reply(message, body) {
  send(message.src, { ...body, in_reply_to: message.body.msg_id });
}

export function replyInit(message) {
  reply(message, { type: "init_ok" });
}

export function replyEcho(message) {
  reply(message, { type: "echo_ok", echo: message.body.echo });
}

/**
 * Handles messages as a good echo node would, but for what is given; `other` is what is neither init nor echo.
 * The number counts the echo requests from 1.
 */
export function serve({ init = replyInit, echo = replyEcho, other = () => {} }) {
  let echoes = 0;
  createInterface({ input: process.stdin }).on("line", (line) => {
    const message = JSON.parse(line);
    if (message.body.type === "init") {
      self = message.body.node_id;
      init(message);
    } else if (message.body.type === "echo") echo(message, ++echoes);
    else other(message);
  });
}
