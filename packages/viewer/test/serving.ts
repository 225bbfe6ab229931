/** The real `eddy serve`, showing a store to the tests of a file. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll } from "vitest";
import { eddyBin } from "../../workbench/test/eddy.ts";

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** Starts it; resolves with its address, `http://127.0.0.1:<port>`, when it listens. It ends with the file's tests. */
export async function serving(store: string): Promise<string> {
  const child = spawn(process.execPath, [eddyBin, "serve", "--port", "0", "--store", store], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [said] = await once(child.stdout, "data");
  const [, url] = /(http:\/\/[^/]+)\//.exec(String(said)) ?? [];
  if (url === undefined) throw new Error(`eddy serve said: ${said}`);
  return url;
}
