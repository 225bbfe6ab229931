/** The echo server as one writes it with the library. */
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
node.run();
