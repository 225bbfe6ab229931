// Has a handler that waits for ever, and waits for its end.
import { Node } from "@eddy/node";

const node = new Node();
node.handle("echo", () => new Promise(() => {}));
node.every(10, () => new Promise(() => {}));
await node.run();
console.error("run is over");
