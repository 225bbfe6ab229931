// Sends everything back, and logs it when asked to.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ body }) => {
  if (process.env.LOG) node.log("echo", body.echo);
  return { type: "echo_ok", echo: body.echo };
});
node.run();
