// Logs in every way there is; only messages may reach stdout.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ body }) => {
  console.log("console.log");
  console.info("console.info");
  process.stdout.write("process.stdout.write\n");
  return { type: "echo_ok", echo: body.echo };
});
await node.run();
console.log("after the end");
