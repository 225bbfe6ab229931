import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { expect, it } from "vitest";
import { addPipe, addRun, emptyStore, get, link, show } from "../../test/served-store.ts";

const run = "echo/20261125T023417.029Z";
const root = "echo-20261125T023417.029Z";

/** The files in a zip, read by its own directory. */
function unzip(zip: Buffer): Record<string, string> {
  const end = zip.lastIndexOf("PK\x05\x06", undefined, "latin1");
  const files: Record<string, string> = {};
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, length] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(data, data + length);
    const path = zip.toString("utf8", at + 46, at + 46 + (name ?? 0));
    files[path] = (method === 8 ? inflateRawSync(packed) : packed).toString();
    at += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

it("packs the whole folder", async () => {
  const store = emptyStore();
  addRun(store, run, { "node-logs/n0.log": "a log\n".repeat(100_000), "é/ü": "ö", "eddy.log": "all of it" });
  const { port } = await show(store);
  const { headers, body } = await get(port, `/zip/${run}`);
  expect(headers["content-type"]).toBe("application/zip");
  expect(headers["content-disposition"]).toContain(`filename="${root}.zip"`);
  const files = unzip(body);
  expect(Object.keys(files).sort()).toEqual(
    [
      "eddy.log",
      "history.jsonl",
      "messages.jsonl",
      "node-logs/n0.log",
      "results.json",
      "test.json",
      "é/ü",
    ].map((name) => `${root}/${name}`),
  );
  expect(files[`${root}/node-logs/n0.log`]).toBe("a log\n".repeat(100_000));
  expect(files[`${root}/é/ü`]).toBe("ö");
  expect(files[`${root}/eddy.log`]).toBe("all of it");
});

it("leaves out links and what is no file, and says so", async () => {
  const store = emptyStore();
  const folder = addRun(store, run);
  writeFileSync(join(store, "../secret.txt"), "the secret");
  mkdirSync(join(store, "../secrets"));
  writeFileSync(join(store, "../secrets/one"), "the secret");
  link("../../../secret.txt", join(folder, "link"));
  link("../../../secrets", join(folder, "node-data"));
  addPipe(join(folder, "pipe"));
  writeFileSync(join(folder, "..\\..\\up"), "x");
  const { port } = await show(store);
  const files = unzip((await get(port, `/zip/${run}`)).body);
  expect(JSON.stringify(files)).not.toContain("the secret");
  expect(Object.keys(files).filter((path) => /link|node-data|pipe|up|\.\./.test(path))).toEqual([]);
  expect(files[`${root}/LEFT-OUT.txt`]?.trimEnd().split("\n")).toEqual([
    "..\\..\\up: a backslash in its name",
    "link: a link, not followed",
    "node-data: a link, not followed",
    "pipe: no plain file",
  ]);
});

it("has a plain name, whatever the folder is called", async () => {
  const store = emptyStore();
  const odd = '<img src=x onerror="alert(1)">';
  addRun(store, `echo/${odd}`);
  const { port } = await show(store);
  const { headers, body } = await get(port, `/zip/echo/${encodeURIComponent(odd)}`);
  expect(headers["content-disposition"]).toMatch(
    /^attachment; filename="echo-_img src_x onerror__alert\(1\)__.zip"; /,
  );
  for (const path of Object.keys(unzip(body)))
    expect(path).toMatch(/^echo-_img src_x onerror__alert\(1\)__\//);
});
