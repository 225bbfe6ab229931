import fc from "fast-check";
import { expect, test } from "vitest";
import {
  compareHref,
  downloadHref,
  fileHref,
  filesHref,
  routeOf,
  runHref,
  viewHref,
  zipHref,
} from "./route.ts";

/** Names that a folder may have: anything but a slash, and the two that mean something else. */
const name = fc
  .string({ unit: "binary", minLength: 1 })
  .filter((text) => !text.includes("/") && text.isWellFormed() && text !== "." && text !== "..");
const id = fc.tuple(name, name).map((names) => names.join("/"));
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

/** As a browser does it. */
const routed = (href: string) => {
  const url = new URL(href, "http://eddy.test");
  expect(url.origin).toBe("http://eddy.test");
  return routeOf(url.pathname, url.search);
};

test("every page is found at its address, whatever its names", () => {
  fc.assert(
    fc.property(id, id, path, (a, b, file) => {
      expect(routed("/")).toEqual({ page: "list" });
      expect(routed(runHref(a))).toEqual({ page: "run", id: a });
      expect(routed(filesHref(a))).toEqual({ page: "files", id: a, view: undefined });
      expect(routed(viewHref(a, file))).toEqual({ page: "files", id: a, view: file });
      expect(routed(compareHref(a, b))).toEqual({ page: "compare", a, b });
    }),
  );
});

test("what the server gives is none of the pages", () => {
  fc.assert(
    fc.property(id, path, (run, file) => {
      for (const href of [fileHref(run, file), downloadHref(run, file), zipHref(run)])
        expect(routed(href).page).toBe("missing");
      expect(new URL(downloadHref(run, file), "http://eddy.test").searchParams.has("download")).toBe(true);
      const names = new URL(fileHref(run, file), "http://eddy.test").pathname.split("/").slice(2);
      expect(names.map(decodeURIComponent).join("/")).toBe(`${run}/${file}`);
    }),
  );
});

test("any other address leads nowhere, and does no harm", () => {
  const others = [
    "/runs",
    "/runs/echo",
    "/runs/a/b/c",
    "/runs/a/b/files/c",
    "/compare/x",
    "/runs/%zz/b",
    "/%",
  ];
  for (const other of others) expect(routeOf(other, "")).toEqual({ page: "missing", path: other });
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (any, query) => void routeOf(any, query)),
  );
});

test("two runs may be named by nobody", () => {
  expect(routeOf("/compare", "")).toEqual({ page: "compare", a: "", b: "" });
});

test("half a letter in a name does not keep the list from being drawn", () => {
  expect(runHref("echo/x\ud800")).toBe("/runs/echo/x%EF%BF%BD");
});
