// Answers a short request with a megabyte, and when asked to, talks without end.
import { Node } from "@eddy/node";

const node = new Node();
const megabyte = "x".repeat(1_000_000);
node.handle("echo", () => ({ type: "echo_ok", echo: megabyte }));
node.handle("talk", () => {
  node.every(1, () => node.send("c1", { type: "talk", word: megabyte }));
  node.log("talking");
  return { type: "talk_ok" };
});
node.run();
