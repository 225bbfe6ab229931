// Leaves a rejected promise behind, one that nobody handles.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ body }) => {
  void Promise.reject(new Error(`nobody looks after ${body.echo}`));
  return { type: "echo_ok", echo: body.echo };
});
node.run();
