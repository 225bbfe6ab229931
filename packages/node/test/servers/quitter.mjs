// Ends itself in the midst of its work, as a server may.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
node.handle("quit", () => process.exit(3));
node.run();
