/** Starts the unique-ids server. Its log goes to stderr, from the first line on: stdout belongs to the protocol. */
import { Console } from "node:console";
import { UniqueIdsServer } from "./server.ts";

globalThis.console = new Console(process.stderr);
new UniqueIdsServer().run();
