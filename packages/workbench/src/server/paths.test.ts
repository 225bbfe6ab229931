/** What an attacker would try who wants something from outside the store, or the server to hang. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { addPipe, addRun, emptyStore, get, link, raw, remove, show } from "../../test/served-store.ts";
import { namesIn } from "./run-path.ts";

const run = "echo/20261125T023417.029Z";

/** A store with a secret beside it, and a run from which ways lead there. */
async function besideSecret() {
  const store = emptyStore();
  const folder = addRun(store, run, { "node-logs/n0.log": "a log\n" });
  writeFileSync(join(store, "../secret.txt"), "the secret\n");
  mkdirSync(join(store, "../other/run"), { recursive: true });
  writeFileSync(join(store, "../other/run/test.json"), '"the secret"');
  return { store, folder, server: await show(store) };
}

const dots = [
  "..",
  "%2e%2e",
  ".%2E",
  "%252e%252e",
  "..%2f",
  "..%5c",
  "..\\",
  "%00",
  ".",
  "",
  "..;",
  "%c0%ae%c0%ae",
  "%uff0e",
];

it("gives nothing from outside, whatever stands between the slashes", async () => {
  const { server } = await besideSecret();
  const places = [
    "/files/",
    `/files/${run}/`,
    "/files/echo/",
    `/files/${run}/node-logs/`,
    "/zip/",
    "/api/runs/",
    "/assets/",
  ];
  for (const place of places)
    for (const dot of dots)
      for (const depth of [1, 2, 3, 5])
        for (const end of ["secret.txt", "other/run/test.json", "other/run", "files", ""]) {
          const path = `${place}${`${dot}/`.repeat(depth)}${end}`;
          const answer = await get(server.port, path);
          expect([path, answer.text]).toEqual([path, expect.not.stringContaining("the secret")]);
          expect([path, answer.status]).toEqual([path, 404]);
        }
});

it("takes nothing for a path that is none", async () => {
  const { server, folder } = await besideSecret();
  const host = `Host: 127.0.0.1:${server.port}\r\nConnection: close\r\n`;
  const own = `http://127.0.0.1:${server.port}`;
  for (const target of [
    `http://evil.example/files/${run}/test.json`,
    `${own}/api/runs`,
    "*",
    `//evil.example/files/${run}/test.json`,
    `/files//${run}/test.json`,
    `/files/${folder}/test.json`,
    `/files/${run}//test.json`,
    `/files/${run}/test.json/`,
    `/files/${run}/../../../secret.txt`,
    `/files/${run}/%2e%2e/%2e%2e/%2e%2e/secret.txt`,
    `/files/${run}/test.json%00.txt`,
    `/files/${run}/%ff%fe`,
    `/files/${run}/%`,
    `/files/${run}/${"a".repeat(5000)}`,
    `/files/${"a/".repeat(3000)}`,
  ]) {
    const text = await raw(server.port, `GET ${target} HTTP/1.1\r\n${host}\r\n`);
    expect([target, text]).toEqual([target, expect.not.stringContaining("the secret")]);
    expect([target, text]).toEqual([target, expect.not.stringContaining('"workload"')]);
    expect([target, text.slice(0, 15)]).toEqual([target, expect.stringMatching(/^HTTP\/1.1 (404|200|400)/)]);
  }
});

it("follows no link, wherever it stands, and shows nothing that is hidden", async () => {
  const { store, folder, server } = await besideSecret();
  link("../../../secret.txt", join(folder, "link.txt"));
  link(join(store, "../secret.txt"), join(folder, "node-logs/n1.log"));
  link("../../../other", join(folder, "node-data"));
  link("test.json", join(folder, "inside.json"));
  link("../../other/run", join(store, "echo/linked"));
  link("../other", join(store, "others"));
  link(run, join(store, "latest"));
  addRun(store, "echo/.hidden");
  for (const path of [
    "/files/echo/.hidden/test.json",
    "/api/runs/echo/.hidden",
    `/files/${run}/link.txt`,
    `/files/${run}/node-logs/n1.log`,
    `/files/${run}/node-data/run/test.json`,
    `/files/${run}/inside.json`,
    "/files/echo/linked/test.json",
    "/files/others/run/test.json",
    "/files/latest/test.json",
    "/zip/echo/linked",
    "/zip/others/run",
    "/api/runs/echo/linked",
    "/api/runs/others/run",
    "/api/runs/echo/linked/files",
    "/api/runs/others/run/files",
  ]) {
    const answer = await get(server.port, path);
    expect([path, answer.status, answer.text]).toEqual([
      path,
      404,
      expect.not.stringContaining("the secret"),
    ]);
  }
  const files = (await get(server.port, `/api/runs/${run}/files`)).text;
  expect(files).toContain('{"path":"link.txt","size":0,"remark":"a link, not followed"}');
  expect(files).toContain('{"path":"node-data","size":0,"remark":"a link, not followed"}');
  expect(files).toContain('{"path":"node-logs/n1.log","size":0,"remark":"a link, not followed"}');
});

it("is not tricked by a folder that becomes a link while it is asked for", async () => {
  const { folder, server } = await besideSecret();
  const path = join(folder, "node-data");
  mkdirSync(join(folder, "plain/run"), { recursive: true });
  writeFileSync(join(folder, "plain/run/test.json"), "harmless");
  link("../../../other", join(folder, "link"));
  const seen = new Map<string, number>();
  let over = false;
  const ask = async (): Promise<void> => {
    while (!over) {
      const { text } = await get(server.port, `/files/${run}/node-data/run/test.json`);
      seen.set(text, (seen.get(text) ?? 0) + 1);
    }
  };
  const asking = Promise.all([ask(), ask(), ask(), ask()]);
  for (let i = 0; i < 3000; i++) {
    const kind = i % 2 ? "plain" : "link";
    renameSync(join(folder, kind), path);
    await new Promise((resolve) => setImmediate(resolve));
    renameSync(path, join(folder, kind));
  }
  over = true;
  await asking;
  expect([...seen.keys()].filter((text) => text.includes("the secret"))).toEqual([]);
  expect(seen.get("harmless")).toBeGreaterThan(0);
});

it("opens no pipe, no folder and no device", async () => {
  const { store, folder, server } = await besideSecret();
  addPipe(join(folder, "pipe"));
  addPipe(join(folder, "node-logs/n1.log"));
  for (const path of [`/files/${run}/pipe`, `/files/${run}/node-logs/n1.log`, `/files/${run}/node-logs`]) {
    const answer = await get(server.port, path);
    expect([path, answer.status, answer.text]).toEqual([
      path,
      404,
      expect.stringContaining("is not shown: it is"),
    ]);
  }
  const data = await get(server.port, `/api/runs/${run}`);
  expect([data.status, data.text]).toEqual([
    404,
    expect.stringContaining("node-logs/n1.log is no plain file"),
  ]);
  for (const name of ["test.json", "results.json", "history.jsonl", "messages.jsonl"]) {
    const other = addRun(store, `echo/with-${name}`);
    await remove(server.port, `/api/runs/echo/with-${name}`);
    mkdirSync(other, { recursive: true });
    if (name !== "test.json") writeFileSync(join(other, "test.json"), '{"options":{"workload":"echo"}}');
    addPipe(join(other, name));
    expect((await get(server.port, `/api/runs/echo/with-${name}`)).status).toBe(404);
  }
  expect((await get(server.port, "/api/runs")).text).toContain("echo/with-history.jsonl");
});

it("names are what stands between the slashes, decoded once, or nothing", () => {
  const name = fc.string({ minLength: 1, unit: "binary" }).filter((text) => text.isWellFormed());
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), (names) => {
      const unfit = names.some((each) => each === "." || each === ".." || /[/\0]/.test(each));
      expect(namesIn(names.map(encodeURIComponent).join("/"))).toEqual(unfit ? undefined : names);
    }),
  );
  for (const path of [
    ".",
    "..",
    "",
    "a/.",
    "a/../b",
    "a//b",
    "/a",
    "a/",
    "%2e",
    "%2E.",
    "a%2fb",
    "a%00",
    "%",
  ])
    expect([path, namesIn(path)]).toEqual([path, undefined]);
  expect(namesIn("%2541/...")).toEqual(["%41", "..."]);
});

it("lives on after requests that are none, and after heads that have no end", async () => {
  const { server } = await besideSecret();
  const junk = [
    "\r\n\r\n\r\n",
    "GET / HTTP/9.9\r\n\r\n",
    "\0\0\0\0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "\x16\x03\x01\x02\0\x01",
  ];
  for (const bytes of junk)
    expect(await raw(server.port, `${bytes}GET nothing\r\n\r\n`)).toMatch(/^(HTTP\/1.1 400 .*|)/);
  const host = `Host: 127.0.0.1:${server.port}\r\n`;
  const large = await raw(server.port, `GET / HTTP/1.1\r\n${host}X: ${"x".repeat(20_000)}\r\n\r\n`);
  expect(large).toMatch(/^HTTP\/1.1 431 /);
  const smuggled = `GET / HTTP/1.1\r\n${host}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /`;
  expect(await raw(server.port, smuggled)).toMatch(/^HTTP\/1.1 400 /);
  expect((await get(server.port, "/api/runs")).status).toBe(200);
});

it("hangs up on who does not come to an end", async () => {
  const { server } = await besideSecret();
  const text = await new Promise<string>((resolve) => {
    let told = "";
    const socket = connect(server.port, "127.0.0.1", () =>
      socket.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"),
    );
    // One byte a while, as long as anybody listens.
    const drop = setInterval(() => socket.write("X"), 500);
    socket.on("data", (piece) => {
      told += piece;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearInterval(drop);
      resolve(told);
    });
  });
  expect(text).toMatch(/^HTTP\/1.1 408 /);
});

it("leaves no file open", async () => {
  const { folder, server } = await besideSecret();
  link("test.json", join(folder, "link.json"));
  const open = (): number => readdirSync("/proc/self/fd").length;
  await get(server.port, `/files/${run}/test.json`);
  const before = open();
  link("../../../other", join(folder, "linked"));
  const paths = [
    "test.json",
    "link.json",
    "linked/run/test.json",
    "nothing",
    "node-logs",
    "results.json?download",
  ];
  for (let i = 0; i < 20; i++) for (const path of paths) await get(server.port, `/files/${run}/${path}`);
  for (let i = 0; i < 5; i++) await get(server.port, `/zip/${run}`);
  expect(open()).toBeLessThanOrEqual(before + 2);
});
