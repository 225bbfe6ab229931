#!/usr/bin/env node
// A good node that takes the long way round: an echo goes through a key of lin-kv, whose name is a timestamp of lin-tso.
import { replyEcho, send, serve } from "./wire.mjs";

let lastId = 0;
const waiting = new Map();

function ask(dest, body, then) {
  const msg_id = ++lastId;
  waiting.set(msg_id, then);
  send(dest, { ...body, msg_id });
}

serve({
  echo(message) {
    ask("lin-tso", { type: "ts" }, ({ ts: key }) =>
      ask("lin-kv", { type: "write", key, value: message.body.echo }, () =>
        ask("lin-kv", { type: "read", key }, ({ value }) =>
          replyEcho({ ...message, body: { ...message.body, echo: value } }),
        ),
      ),
    );
  },
  other({ body }) {
    waiting.get(body.in_reply_to)(body);
  },
});
