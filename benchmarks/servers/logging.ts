/** The echo server that logs every message. */
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ src, body }) => {
  node.log(`echo from ${src}: ${body.echo}`);
  return { type: "echo_ok", echo: body.echo };
});
node.run();
