/** Nodes that do everything wrong, one thing each: what eddy says of it, and that nothing is left of them. */
import { describe, expect, it } from "vitest";
import { eddy, node } from "./eddy.ts";

function test(bin: string, ...flags: readonly string[]) {
  return eddy(
    "test",
    "-w",
    "echo",
    "--bin",
    node(bin),
    "--node-count",
    "1",
    "--time-limit",
    "0.5",
    "--rate",
    "20",
    ...flags,
  );
}

describe.concurrent("a node that breaks the protocol makes the run invalid, and is told so at once", () => {
  it.each([
    [
      "prints-text.mjs",
      "not-a-message",
      "n0 printed a line on stdout that is no message: it is not JSON",
      "got an echo \ufffd[31mred",
    ],
    [
      "prints-empty-line.mjs",
      "not-a-message",
      "n0 printed a line on stdout that is no message: it is empty",
      "",
    ],
    [
      "adds-field.mjs",
      "not-a-message",
      'it has a field "trace" beside "src", "dest" and "body"',
      '"trace":1',
    ],
    [
      "sends-to-nobody.mjs",
      "unknown-dest",
      'n0 sent a message to "n77", which does not exist',
      '"dest":"n77"',
    ],
    ["forges-src.mjs", "forged-src", 'n0 sent a message in the name of "n9"', '"src":"n9"'],
    [
      "answers-twice.mjs",
      "second-reply",
      "n0 answered request 1 of c1, which had been answered",
      '"in_reply_to":1',
    ],
    ["forgets-in-reply-to.mjs", "unasked-reply", 'a reply without "in_reply_to"', "echo_ok"],
    ["nests-deep.mjs", "not-a-message", "it is nested more than 1000 levels deep", "[[["],
    [
      "answers-init-twice.mjs",
      "second-reply",
      "n0 answered request 1 of c0, which had been answered",
      "init_ok",
    ],
    [
      "answers-the-unasked.mjs",
      "unasked-reply",
      "n0 answered request 4711 of c1, which was never sent",
      "4711",
    ],
  ])("%s", async (bin, kind, message, evidence) => {
    const { code, stdout, stderr, results, leftBehind } = await test(bin);
    expect([code, leftBehind]).toEqual([1, []]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(evidence);
    expect(stdout).toContain("Analysis invalid!");
    expect(results()).toMatchObject({
      "valid?": false,
      nodes: { "valid?": false, problems: [{ node: "n0", kind }] },
    });
  });
});

describe.concurrent("a node that answers wrongly makes the run invalid, and the summary says how", () => {
  it.each([
    ["echoes-wrongly.mjs", 'and answered "something else"'],
    ["never-answers.mjs", "n0 did not answer within 5 s"],
    ["forgets-echo.mjs", 'n0 gave a malformed reply: it has no "echo"'],
    ["adds-to-reply.mjs", 'n0 gave a malformed reply: it has a field "node"'],
    ["answers-with-error.mjs 11", "and answered with an error: not today"],
    ["answers-with-error.mjs 13", "and answered with an error: not today"],
  ])("%s", async (words, message) => {
    const [bin = "", ...args] = words.split(" ");
    const { code, stdout, results, leftBehind } = await test(bin, ...args);
    expect([code, leftBehind]).toEqual([1, []]);
    expect(stdout).toContain(message);
    expect(results()).toMatchObject({
      "valid?": false,
      nodes: { "valid?": true },
      workload: { "valid?": false },
    });
  });
});

describe.concurrent("a node that does not live ends the run, with its last words", () => {
  it.each([
    ["exits-at-once.mjs", "n0 exited with status 3", "cannot open config.toml"],
    [
      "wrong-init.mjs",
      'n0 gave a malformed reply: its "type" is "hello", not "init_ok"',
      '{"type":"hello","in_reply_to":1}',
    ],
    ["refuses-init.mjs", "n0 answered init with an error: no disk (code 11, temporarily-unavailable)", ""],
    ["never-inits.mjs", "n0 did not answer init within 10 s", "waiting for a leader"],
    ["no-program", "n0 exited with status 127", "because it has no first line such as #!/usr/bin/env node"],
  ])("before clients begin: %s", async (bin, message, lastWords) => {
    const { code, stdout, stderr, read, results, leftBehind } = await test(bin);
    expect([code, leftBehind]).toEqual([1, []]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(lastWords);
    expect(stdout).toContain("none: the nodes did not get ready");
    // Nothing is said of what could not be judged.
    expect(Object.keys(results())).toEqual(["perf", "timeline", "nodes", "valid?"]);
    expect(read("report.html")).toContain("analysis invalid");
  });

  it.each([
    ["dies.mjs", "n0 exited with status 1", "Error: disk on fire"],
    ["is-killed.mjs", "n0 was killed by signal SIGKILL", "(it logged nothing on stderr)"],
  ])("in mid-run: %s", async (bin, message, lastWords) => {
    const { code, stderr, results, read, leftBehind } = await test(bin, "--time-limit", "60");
    expect([code, leftBehind]).toEqual([1, []]);
    expect(stderr).toContain(message);
    expect(stderr).toContain(lastWords);
    expect(results()).toMatchObject({ "valid?": false, stats: { "ok-count": 2, "info-count": 1 } });
    const history = read("history.jsonl")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(history).toHaveLength(6);
    expect(history[5]).toMatchObject({ type: "info", error: { kind: "interrupted", message } });
    expect(read("messages.jsonl").trimEnd().split("\n")).toHaveLength(14);
  });

  it.each([
    ["not-executable", "is not executable. Make it so with: chmod +x"],
    ["no-interpreter", "asks in its first line for /no/such/interpreter, which is not on this machine"],
    [".", "is no file"],
    ["missing", "There is no file"],
    ["broken.ts", "broken.ts cannot be compiled:"],
  ])("because it cannot be started: %s", async (bin, message) => {
    const { code, stdout, stderr } = await test(bin);
    expect([code, stdout]).toEqual([254, ""]);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(message);
  });
});

it("a node may hand the request of a client on to another, which answers it", async () => {
  const { code, stdout, leftBehind } = await test("hands-on.mjs", "--node-count", "3");
  expect([code, leftBehind]).toEqual([0, []]);
  expect(stdout).toMatch(/servers {4}none among themselves/);
});

describe.concurrent("nothing is left of a node", () => {
  it("that started other processes", async () => {
    const { code, leftBehind } = await test("starts-another.sh");
    expect([code, leftBehind]).toEqual([0, []]);
  });

  it("whose messages are still under way", async () => {
    const { code, stderr, leftBehind } = await test(
      "gossips.mjs",
      "--node-count",
      "2",
      "--latency",
      "600000",
    );
    expect([code, stderr.includes("✗"), leftBehind]).toEqual([0, false, []]);
  });

  it("that started one which left its process group", async () => {
    const { code, leftBehind } = await test("leaves-a-daemon.mjs");
    expect([code, leftBehind]).toEqual([0, []]);
  });

  it("that is not asked to end, when it has no grace", async () => {
    const { code, leftBehind } = await test("ignores-sigterm.mjs", "--grace", "0");
    expect([code, leftBehind]).toEqual([0, []]);
  });

  it("that says something when it is asked to end, which is no fault", async () => {
    const { code, leftBehind } = await test("says-goodbye.mjs");
    expect([code, leftBehind]).toEqual([0, []]);
  });

  it("that ignores SIGTERM", async () => {
    const { code, leftBehind } = await test("ignores-sigterm.mjs");
    expect([code, leftBehind]).toEqual([0, []]);
  });
});
