/** `eddy serve`, the real command: starts, shows a run that goes on, and ends when it is told to. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { eddyBin, node, startEddy } from "./eddy.ts";
import { listen } from "./event-stream.ts";
import { get } from "./served-store.ts";

interface Serving {
  readonly child: ChildProcess;
  readonly cwd: string;
  readonly port: number;
  /** What it has printed so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly ended: Promise<number | null>;
}

/** Starts `eddy serve` in an empty folder; resolves when it has said where it is. */
async function startServing(...args: readonly string[]): Promise<Serving> {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "eddy-")));
  const child = spawn(process.execPath, [eddyBin, "serve", ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    rmSync(cwd, { recursive: true, force: true });
  });
  let [stdout, stderr] = ["", ""];
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  const ended = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  await Promise.race([once(child.stdout, "data"), ended]);
  const [, port] = /http:\/\/[^/]+:(\d+)\//.exec(stdout) ?? [];
  return { child, cwd, port: Number(port), stdout: () => stdout, stderr: () => stderr, ended };
}

describe("eddy serve", () => {
  it("says where it is and what it shows, in one line", async () => {
    const serving = await startServing("--port", "0");
    expect(serving.stdout()).toBe(
      `eddy serve: http://127.0.0.1:${serving.port}/ shows the runs in ${serving.cwd}/store; Ctrl-C ends it\n`,
    );
    expect((await get(serving.port, "/api/runs")).json()).toEqual({
      store: join(serving.cwd, "store"),
      runs: [],
    });
    expect((await get(serving.port, "/")).text).toContain("/assets/app.js");
    expect((await get(serving.port, "/assets/app.js")).headers["content-type"]).toContain("text/javascript");
    expect(serving.stderr()).toBe("");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends at once by %s, whoever still listens", async (signal) => {
    const serving = await startServing("--port", "0");
    const stream = await listen(serving.port);
    await stream.next(({ event }) => event === "runs");
    serving.child.kill(signal);
    expect(await serving.ended).toBe(0);
    await stream.ended;
  });

  it("shows a run from its first operations to its verdict, and then its data, its files and its report", async () => {
    const running = startEddy([
      "test",
      "-w",
      "echo",
      "--bin",
      node("good.mjs"),
      "--node-count",
      "2",
      "--time-limit",
      "3",
      "--rate",
      "50",
    ]);
    const serving = await startServing("--port", "0", "--store", join(running.cwd, "store"));
    const stream = await listen(serving.port);
    const live = await stream.next(
      ({ event, data }) => event === "live" && Number(Object(data.counts).ok) > 20,
    );
    expect(live.data).toMatchObject({ workload: "echo", timeLimit: 3 });
    const id = String(live.data.id);
    const refused = await get(serving.port, `/api/runs/${id}`, {
      method: "DELETE",
      headers: { Origin: `http://127.0.0.1:${serving.port}` },
    });
    expect(refused.status).toBe(409);
    const ended = await stream.next(
      ({ event, data }) => event === "runs" && JSON.stringify(data).includes('"state":"complete"'),
    );
    expect(ended.data.runs).toMatchObject([{ id, state: "complete", valid: true, nodes: 2 }]);
    const outcome = await running.outcome;
    expect(outcome.code).toBe(0);
    const count = Object(outcome.results().stats).count;
    expect(ended.data.runs).toMatchObject([{ operations: count }]);
    expect((await get(serving.port, `/api/runs/${id}`)).json()).toMatchObject({
      id,
      state: "complete",
      valid: true,
    });
    expect((await get(serving.port, `/files/${id}/node-logs/n0.log`)).status).toBe(200);
    expect((await get(serving.port, "/latest")).headers.location).toBe(`/runs/${id}`);
    expect((await get(serving.port, "/current")).headers.location).toBe(`/runs/${id}`);
  });

  it("takes a run whose workbench was killed for unfinished", async () => {
    const flags = ["--node-count", "1", "--time-limit", "60", "--rate", "50"];
    const running = startEddy(["test", "-w", "echo", "--bin", node("good.mjs"), ...flags]);
    const serving = await startServing("--port", "0", "--store", join(running.cwd, "store"));
    const stream = await listen(serving.port);
    await stream.next(({ event }) => event === "live");
    running.child.kill("SIGKILL");
    const { data } = await stream.next(
      ({ event, data }) => event === "runs" && JSON.stringify(data).includes('"unfinished"'),
    );
    expect(data.runs).toMatchObject([{ workload: "echo", state: "unfinished", seed: expect.any(Number) }]);
    await running.outcome;
  });

  it("says that a port is taken, and what to do", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const port = Object(other.address()).port;
    const serving = await startServing("--port", String(port));
    expect(await serving.ended).toBe(254);
    expect(serving.stderr()).toMatch(
      new RegExp(`^error: port ${port} of 127.0.0.1 is taken, .*--port ${port + 1}, or --port 0`),
    );
    other.close();
  });

  it("says what is wrong with a host, a port or a store", async () => {
    for (const [args, words] of [
      [["--host", "192.0.2.1"], "192.0.2.1 is no address of this machine"],
      [["--host", "no.such.host.invalid"], "no.such.host.invalid is no address of this machine"],
      [["--host", "http://localhost"], "It must be an address"],
      [["--port", "70000"], "It must be 65535 or less"],
      [["--store", process.execPath], "is no folder"],
    ] as const) {
      const serving = await startServing("--port", "0", ...args);
      expect(await serving.ended).toBe(254);
      expect(serving.stderr()).toContain(words);
    }
  });

  it("warns when others can reach it", async () => {
    const serving = await startServing("--port", "0", "--host", "0.0.0.0");
    await expect
      .poll(() => serving.stderr())
      .toContain("warning: whoever reaches this machine at 0.0.0.0 can read these runs");
    expect((await get(serving.port, "/")).status).toBe(200);
  });

  it("shows runs as soon as there is a store", async () => {
    const serving = await startServing("--port", "0", "--store", "later/store");
    const stream = await listen(serving.port);
    await stream.next(({ event }) => event === "runs");
    const flags = ["--node-count", "1", "--time-limit", "0.5", "--store", join(serving.cwd, "later/store")];
    const running = startEddy(["test", "-w", "echo", "--bin", node("good.mjs"), ...flags]);
    await stream.next(({ event, data }) => event === "runs" && JSON.stringify(data).includes('"echo/'));
    expect((await running.outcome).code).toBe(0);
  });

  it("is not brought down by a store that is taken away", async () => {
    const serving = await startServing("--port", "0");
    const stream = await listen(serving.port);
    writeFileSync(join(serving.cwd, "store"), "a file, all of a sudden");
    await stream.next(({ data }) => JSON.stringify(data).includes("the store cannot be read"));
    rmSync(join(serving.cwd, "store"));
    expect((await get(serving.port, "/api/runs")).json()).toMatchObject({ runs: [] });
  });
});
