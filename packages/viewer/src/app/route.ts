/** Which page a path names, and the path of each page. */

export type Route =
  | { readonly page: "list" }
  | { readonly page: "run"; readonly id: string }
  | { readonly page: "files"; readonly id: string; readonly view: string | undefined }
  | { readonly page: "compare"; readonly a: string; readonly b: string }
  | { readonly page: "missing"; readonly path: string };

/** `path` and `query` as the address bar has them. Never throws. */
export function routeOf(path: string, query: string): Route {
  const names = namesOf(path);
  if (names?.length === 0) return { page: "list" };
  const [page, workload, folder, rest] = names ?? [];
  if (page === "runs" && workload && folder) {
    const id = `${workload}/${folder}`;
    if (names?.length === 3) return { page: "run", id };
    if (names?.length === 4 && rest === "files")
      return { page: "files", id, view: new URLSearchParams(query).get("view") ?? undefined };
  }
  if (page === "compare" && names?.length === 1) {
    const parameters = new URLSearchParams(query);
    return { page: "compare", a: parameters.get("a") ?? "", b: parameters.get("b") ?? "" };
  }
  return { page: "missing", path };
}

/** The names between the slashes; undefined when one cannot be decoded. */
function namesOf(path: string): readonly string[] | undefined {
  try {
    return path
      .split("/")
      .filter((name) => name !== "")
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

const encoded = (name: string): string => encodeURIComponent(name.toWellFormed());

/** A path with each of its names encoded: `/<place>/<workload>/<folder>`. */
export const pathOf = (...names: readonly string[]): string =>
  names.flatMap((name) => name.split("/").map((part) => `/${encoded(part)}`)).join("");

export const runHref = (id: string): string => pathOf("runs", id);
export const filesHref = (id: string): string => pathOf("runs", id, "files");
export const compareHref = (a: string, b: string): string => `/compare?a=${encoded(a)}&b=${encoded(b)}`;

/** What the server gives: the file itself, the same to save, the whole folder. */
export const fileHref = (id: string, path: string): string => pathOf("files", id, path);
export const downloadHref = (id: string, path: string): string => `${fileHref(id, path)}?download`;
export const zipHref = (id: string): string => pathOf("zip", id);

/** A file opened in the page's own viewer. */
export const viewHref = (id: string, path: string): string => `${filesHref(id)}?view=${encoded(path)}`;
