/** The echo server whose handler is asynchronous. */
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", async ({ body }) => ({ type: "echo_ok", echo: body.echo }));
node.run();
