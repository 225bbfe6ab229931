/** Starts the lin-kv server. Its log goes to stderr, from the first line on: stdout belongs to the protocol. */
import { Console } from "node:console";
import { LinKVServer } from "./server.ts";

globalThis.console = new Console(process.stderr);
new LinKVServer().run();
