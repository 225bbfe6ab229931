import fc from "fast-check";
import { expect, test } from "vitest";
import { byFolder } from "./file-order.ts";

test("files of the folder come before those of folders in it, numbers in their order", () => {
  const paths = ["node-logs/n10.log", "test.json", "node-logs/n2.log", "eddy.log", "node-data/n0/a"];
  expect(byFolder(paths.map((path) => ({ path, size: 0 }))).map(({ path }) => path)).toEqual([
    "eddy.log",
    "test.json",
    "node-data/n0/a",
    "node-logs/n2.log",
    "node-logs/n10.log",
  ]);
});

test("none is lost, and each folder's stand together", () => {
  const name = fc.constantFrom("a", "b", "c/a", "c/d/a", "c/b", "d/x", "e");
  fc.assert(
    fc.property(fc.uniqueArray(name), (paths) => {
      const order = byFolder(paths.map((path) => ({ path, size: 1 }))).map(({ path }) => path);
      expect(new Set(order)).toEqual(new Set(paths));
      const folders = order.map((path) => path.slice(0, path.lastIndexOf("/") + 1));
      expect(folders.filter((folder, at) => folder !== folders[at - 1])).toEqual([...new Set(folders)]);
    }),
  );
});
