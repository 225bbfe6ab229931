// Never ends by itself: a timer, a handler that waits for ever, and gossip.
import { Node } from "@eddy/node";

const node = new Node();
setInterval(() => {}, 1000);
node.every(1000, () => {});
node.handle("wait", () => new Promise(() => {}));
node.handle("echo", ({ body }) => {
  node.log("echo", body.msg_id);
  return { type: "echo_ok", echo: body.echo };
});
node.run();
