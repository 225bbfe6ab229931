import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { get as ask } from "node:http";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addFolder, addRun, emptyStore, get, link, show } from "../../test/served-store.ts";
import { type Found, walk } from "./walk.ts";

const run = "echo/20261125T023417.029Z";
const attack = '<script>fetch("/api/runs/echo/x", { method: "DELETE" })</script>';

async function withFiles(files: Readonly<Record<string, string>>) {
  const store = emptyStore();
  const folder = addRun(store, run, files);
  const { port } = await show(store);
  return { folder, port, file: (path: string) => get(port, `/files/${run}/${path}`) };
}

it("gives what a run left as text that does nothing", async () => {
  const { file } = await withFiles({
    "node-data/n0/page.html": attack,
    "node-data/n0/picture.svg": `<svg xmlns="http://www.w3.org/2000/svg">${attack}</svg>`,
    "node-data/n0/report.html": attack,
    "timeline.html/page.html": attack,
    "eddy.log": `${attack}\n`,
    "server.mjs": attack,
    "x.xml": attack,
    "x.xhtml": attack,
    "x.pdf": attack,
    "Report.html": attack,
    "é €.txt": "ü",
  });
  const paths = [
    "node-data/n0/page.html",
    "node-data/n0/picture.svg",
    "node-data/n0/report.html",
    "timeline.html/page.html",
    "eddy.log",
  ];
  for (const path of [...paths, "server.mjs", "x.xml", "x.xhtml", "x.pdf", "Report.html"]) {
    const { headers, text } = await file(path);
    expect([path, headers["content-type"], headers["content-security-policy"], text.trim()]).toEqual([
      path,
      "text/plain; charset=utf-8",
      "sandbox; default-src 'none'",
      expect.stringContaining(attack),
    ]);
    expect(headers["x-content-type-options"]).toBe("nosniff");
  }
  expect((await file(encodeURIComponent("é €.txt"))).text).toBe("ü");
});

it("shows the pictures and the pages that eddy writes, in a cage of their own", async () => {
  const { file } = await withFiles({ "rate.svg": "<svg/>", "report.html": attack, "timeline.html": attack });
  const svg = (await file("rate.svg")).headers;
  expect(svg["content-type"]).toBe("image/svg+xml; charset=utf-8");
  expect(svg["content-security-policy"]).toBe("sandbox; default-src 'none'; style-src 'unsafe-inline'");
  for (const page of ["report.html", "timeline.html"]) {
    const { headers } = await file(page);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    // A script in it has no origin, and reaches nothing; neither may it navigate the window, open one, or send a form.
    const policy = String(headers["content-security-policy"]);
    expect(policy.split("; ")).toEqual(
      expect.arrayContaining(["sandbox allow-scripts", "default-src 'none'", "form-action 'none'"]),
    );
    expect(policy).not.toMatch(/connect-src|allow-same-origin|allow-top|allow-popups|https?:|\*/);
  }
});

it("takes what holds a NUL for something to save", async () => {
  const { file } = await withFiles({ "node-data/n0/db": "ab\0c" });
  const { headers, body } = await file("node-data/n0/db");
  expect([headers["content-type"], body.toString()]).toEqual(["application/octet-stream", "ab\0c"]);
});

it("saves what is asked for under its name, whatever that is", async () => {
  const name = 'a "b"; filename=\r\nX: y\u00e9';
  const { port } = await withFiles({ [`node-data/${name}`]: "x", "report.html": attack });
  const saved = await get(port, `/files/${run}/node-data/${encodeURIComponent(name)}?download`);
  expect(saved.headers["content-type"]).toBe("application/octet-stream");
  expect(saved.headers["content-disposition"]).toBe(
    `attachment; filename="a _b__ filename___X_ y_"; filename*=UTF-8''a%20%22b%22%3B%20filename%3D%0D%0AX%3A%20y%C3%A9`,
  );
  expect(saved.headers.x).toBeUndefined();
  const page = await get(port, `/files/${run}/report.html?download`);
  expect(page.headers["content-disposition"]).toContain('filename="report.html"');
  expect(page.headers["content-type"]).toBe("application/octet-stream");
});

it("gives only the head to who asks for that", async () => {
  const { port } = await withFiles({ "eddy.log": "12345" });
  for (const [path, length] of [
    [`/files/${run}/eddy.log`, "5"],
    [`/zip/${run}`, undefined],
    ["/api/runs", expect.stringMatching(/^\d+$/)],
    [`/api/runs/${run}`, expect.stringMatching(/^\d+$/)],
    ["/api/events", undefined],
    ["/", expect.stringMatching(/^\d+$/)],
  ]) {
    const answer = await get(port, String(path), { method: "HEAD", headers: { "Accept-Encoding": "gzip" } });
    expect([path, answer.status, answer.headers["content-length"], answer.body.length]).toEqual([
      path,
      200,
      length,
      0,
    ]);
  }
});

it("gives a file that grows or shrinks meanwhile as it was, or hangs up", async () => {
  const size = 30_000_000;
  const { folder, port } = await withFiles({ "eddy.log": "x".repeat(size) });
  const received = (change: () => void): Promise<number> =>
    new Promise((resolve) => {
      let length = 0;
      ask({ port, path: `/files/${run}/eddy.log`, agent: false }, (response) => {
        response.once("data", change);
        response.on("data", (piece: Buffer) => {
          length += piece.length;
        });
        response.on("error", () => {});
        response.on("close", () => resolve(length));
      });
    });
  const log = join(folder, "eddy.log");
  expect(await received(() => writeFileSync(log, "more", { flag: "a" }))).toBe(size);
  expect(await received(() => truncateSync(log, 1000))).toBeLessThan(size);
});

it("lets go of a file whose reader has gone", async () => {
  // In a zip it is as long as it is.
  const { port } = await withFiles({ "eddy.log": randomBytes(20_000_000).toString("base64") });
  const open = (): number => readdirSync("/proc/self/fd").length;
  const before = open();
  // At once, and in the middle.
  for (const path of [`/files/${run}/eddy.log`, `/zip/${run}`]) {
    for (const most of [1, 3_000_000, 1, 3_000_000, 1, 3_000_000])
      await new Promise<void>((resolve) => {
        const asked = ask({ port, path, agent: false }, (response) => {
          response.on("error", () => {});
          let length = 0;
          response.on("data", (piece: Buffer) => {
            length += piece.length;
            if (length >= most) asked.destroy();
          });
          response.on("close", resolve);
        });
        asked.on("error", () => {});
      });
  }
  for (let patience = 100; patience > 0 && open() > before; patience--)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(open()).toBeLessThanOrEqual(before);
});

it("lists what is there: files first, then folders, and says what is not shown", async () => {
  const { folder, port } = await withFiles({ "node-logs/n0.log": "abc", "a/b/c.txt": "1" });
  link("eddy.log", join(folder, "link"));
  const files: unknown = (await get(port, `/api/runs/${run}/files`)).json();
  expect(files).toEqual([
    { path: "eddy.log", size: 0 },
    { path: "history.jsonl", size: expect.any(Number) },
    { path: "link", size: 0, remark: "a link, not followed" },
    { path: "messages.jsonl", size: 0 },
    { path: "results.json", size: expect.any(Number) },
    { path: "test.json", size: expect.any(Number) },
    { path: "a/b/c.txt", size: 1 },
    { path: "node-logs/n0.log", size: 3 },
  ]);
});

it("lists no more than so many, and says where there is more", async () => {
  const { folder, port } = await withFiles({});
  mkdirSync(join(folder, "node-data/n0"), { recursive: true });
  for (let i = 0; i < 1500; i++) writeFileSync(join(folder, "node-data/n0", `${i}`), "");
  const files = (await get(port, `/api/runs/${run}/files`)).json();
  if (!Array.isArray(files)) throw new Error("no list");
  expect(files.filter(({ path }) => String(path).startsWith("node-data/n0/"))).toHaveLength(1000);
  expect(files.at(-1)).toEqual({
    path: "node-data/n0",
    size: 0,
    remark: "there is more here than the first 1000 entries, which are shown",
  });
});

it("goes no deeper than so deep, and looks at no more than so many in all", async () => {
  const { folder } = await withFiles({ [`${"d/".repeat(150)}end`]: "" });
  const all = async (most: number): Promise<Found[]> => {
    const found: Found[] = [];
    for await (const each of walk(folder, { perFolder: 100, all: most })) found.push(each);
    return found;
  };
  const found = await all(1000);
  expect(found.at(-1)?.remark).toContain("too deep");
  const few = await all(3);
  expect(few.filter(({ remark }) => remark === undefined)).toHaveLength(3);
  expect(few.some(({ remark }) => remark?.includes("there is more"))).toBe(true);
  for (let i = 0; i < 8; i++) addFolder(folder, `${i}`, { a: "", b: "", c: "" });
  const entries = (await all(16)).filter(({ remark }) => remark === undefined);
  expect(entries.length).toBeLessThanOrEqual(16);
});

it.skipIf(process.getuid?.() === 0)("says what it may not read", async () => {
  const { folder, file } = await withFiles({ secret: "x" });
  chmodSync(join(folder, "secret"), 0);
  expect((await file("secret")).status).toBe(403);
});
