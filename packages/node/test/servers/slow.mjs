// Answers after a while, and is not done when its input ends.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", async ({ body }) => {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return { type: "echo_ok", echo: body.echo };
});
await node.run();
