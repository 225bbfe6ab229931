import { expect, it } from "vitest";
import { addRun, emptyStore, get, raw, show } from "../../test/served-store.ts";

const run = "echo/20261125T023417.029Z";

async function shown(host?: string) {
  const store = emptyStore();
  addRun(store, run);
  return show(store, host === undefined ? {} : { host });
}

it("answers to its own names, each with its port", async () => {
  const { port } = await shown();
  for (const name of ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
    expect((await get(port, "/api/runs", { headers: { Host: `${name}:${port}` } })).status).toBe(200);
});

it.each([
  "evil.example",
  "127.0.0.1.evil.example",
  "localhost.evil.example",
  "localhost.",
  "evil.example:80@127.0.0.1",
  "127.0.0.2",
  "192.168.0.1",
  "[::ffff:7f00:1]",
  "0.0.0.0",
  "",
])("does not answer to %j: a foreign name that was led here", async (name) => {
  const { port } = await shown();
  for (const path of [
    "/",
    "/api/runs",
    `/files/${run}/test.json`,
    `/zip/${run}`,
    "/assets/app.js",
    "/latest",
  ]) {
    const answer = await get(port, path, { headers: { Host: `${name}:${port}` } });
    expect([answer.status, answer.text]).toEqual([
      421,
      expect.stringContaining("does not answer when it is called"),
    ]);
  }
});

it("does not answer to its name with another port, or with two names, or with none", async () => {
  const { port } = await shown();
  for (const host of ["127.0.0.1", `127.0.0.1:${port + 1}`, `127.0.0.1:${port}:${port}`])
    expect((await get(port, "/api/runs", { headers: { Host: host } })).status).toBe(421);
  const own = `Host: 127.0.0.1:${port}\r\n`;
  const two = await raw(
    port,
    `GET /api/runs HTTP/1.1\r\n${own}Host: evil.example\r\nConnection: close\r\n\r\n`,
  );
  expect(two).toMatch(/^HTTP\/1.1 4(21|00) /);
  expect(await raw(port, "GET /api/runs HTTP/1.0\r\n\r\n")).toMatch(/^HTTP\/1.1 421 /);
  expect(await raw(port, "GET /api/runs HTTP/1.1\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1.1 400 /);
  const one = await raw(port, `GET /api/runs HTTP/1.1\r\n${own}Connection: close\r\n\r\n`);
  expect(one).toMatch(/^HTTP\/1.1 200 /);
});

it("on all addresses, answers to any address, but to no foreign name", async () => {
  const { port } = await shown("0.0.0.0");
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `192.168.0.1:${port}`, "[fe80::1]:9"])
    expect((await get(port, "/api/runs", { headers: { Host: host } })).status).toBe(200);
  for (const host of [`evil.example:${port}`, `1.2.3.4.evil.example:${port}`, `a1:${port}`, `[x]:${port}`])
    expect((await get(port, "/api/runs", { headers: { Host: host } })).status).toBe(421);
});

it("answers to the name that it was told to listen on", async () => {
  const host = "127.0.0.2";
  const { port } = await shown(host);
  expect((await get(port, "/api/runs", { host })).status).toBe(200);
  const wrong = await get(port, "/api/runs", { host, headers: { Host: `127.0.0.3:${port}` } });
  expect(wrong.status).toBe(421);
});

const pages = ["/", `/runs/${run}`, "/compare", "/no/such/page"];
const data = [
  "/api/runs",
  `/api/runs/${run}`,
  `/api/runs/${run}/files`,
  `/files/${run}/test.json`,
  `/files/${run}/test.json?download`,
  `/zip/${run}`,
  "/api/events",
  "/assets/app.js",
];

it.each([
  "http://evil.example",
  "https://127.0.0.1",
  "null",
  "http://127.0.0.1",
  "http://localhost:PORT",
  "https://127.0.0.1:PORT",
  "http://127.0.0.1:PORT.evil.example",
  "http://127.0.0.1:1",
  "",
])("does nothing for a page of the origin %j", async (given) => {
  const { port } = await shown();
  const Origin = given.replace("PORT", String(port));
  for (const path of [...pages, ...data]) {
    const answer = await get(port, path, { headers: { Origin } });
    expect([path, answer.status]).toEqual([path, 403]);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  }
  const gone = await get(port, `/api/runs/${run}`, { method: "DELETE", headers: { Origin } });
  expect(gone.status).toBe(403);
  expect((await get(port, `/files/${run}/test.json`)).status).toBe(200);
});

it("does nothing for other sites, nor for other ports of the machine, whose pages are of the same site", async () => {
  const { port } = await shown();
  for (const site of ["cross-site", "same-site"]) {
    for (const path of [...pages, ...data]) {
      const headers = { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" };
      expect([path, (await get(port, path, { headers })).status]).toEqual([path, 403]);
    }
    const visit = { "Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
    // A link that stands elsewhere may lead to a page, but to nothing else; and no frame may show it.
    for (const path of pages) expect((await get(port, path, { headers: visit })).status).toBe(200);
    for (const path of data) expect((await get(port, path, { headers: visit })).status).toBe(403);
    for (const other of [{ "Sec-Fetch-Dest": "iframe" }, { "Sec-Fetch-Mode": "no-cors" }])
      for (const path of pages)
        expect((await get(port, path, { headers: { ...visit, ...other } })).status).toBe(403);
    const delete_ = { ...visit, Origin: `http://127.0.0.1:${port}` };
    expect((await get(port, `/api/runs/${run}`, { method: "DELETE", headers: delete_ })).status).toBe(403);
  }
  for (const site of ["same-origin", "none"])
    expect((await get(port, "/api/runs", { headers: { "Sec-Fetch-Site": site } })).status).toBe(200);
});

it("deletes only for who says where it comes from", async () => {
  const { port } = await shown();
  const answer = await get(port, `/api/runs/${run}`, { method: "DELETE" });
  expect([answer.status, answer.text]).toEqual([403, expect.stringContaining("Origin: http://127.0.0.1:")]);
  const Origin = `http://127.0.0.1:${port}`;
  expect((await get(port, `/api/runs/${run}`, { method: "DELETE", headers: { Origin } })).status).toBe(204);
});

it.each(["POST", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])("does not know %s", async (method) => {
  const { port } = await shown();
  for (const path of [...pages, ...data]) {
    const answer = await get(port, path, { method, headers: { Origin: `http://127.0.0.1:${port}` } });
    expect([path, answer.status, answer.headers.allow]).toEqual([
      path,
      405,
      expect.stringContaining("GET, HEAD"),
    ]);
  }
  for (const path of [
    ...pages,
    "/api/runs",
    `/api/runs/${run}/files`,
    `/files/${run}/test.json`,
    `/zip/${run}`,
  ]) {
    const headers = { Origin: `http://127.0.0.1:${port}` };
    expect((await get(port, path, { method: "DELETE", headers })).status).toBe(405);
  }
});

it("says on every answer what a browser may do with it", async () => {
  const { port } = await shown();
  const answers = [
    ...pages,
    ...data.filter((path) => path !== "/api/events"),
    "/api/nothing",
    `/files/${run}/nothing`,
  ];
  for (const path of answers) {
    const { headers } = await get(port, path);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  }
  const { headers } = await get(port, "/");
  expect(headers["content-security-policy"]).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  );
});

it("says why to programs as JSON, and to people as text", async () => {
  const { port } = await shown();
  const toProgram = await get(port, "/api/runs/echo/none");
  expect(toProgram.headers["content-type"]).toContain("application/json");
  expect(toProgram.json()).toEqual({ error: "There is no run echo/none." });
  const toPerson = await get(port, "/api/runs/echo/none", { headers: { Accept: "text/html,*/*" } });
  expect([toPerson.text, toPerson.headers["content-type"]]).toEqual([
    "There is no run echo/none.\n",
    "text/plain; charset=utf-8",
  ]);
});
