/** What a path of a URL asks for. */
import type { PageAsset } from "../report/page.ts";
import { namesIn, type RunNames } from "./run-path.ts";

export type Route =
  | { readonly to: "page" }
  | { readonly to: "pointer"; readonly name: "latest" | "current" }
  | { readonly to: "asset"; readonly name: PageAsset }
  | { readonly to: "list" }
  | { readonly to: "events" }
  | { readonly to: "run"; readonly names: RunNames }
  | { readonly to: "files"; readonly names: RunNames }
  | { readonly to: "zip"; readonly names: RunNames }
  | {
      readonly to: "file";
      readonly names: RunNames;
      readonly path: readonly string[];
      readonly save: boolean;
    }
  /** Nothing that there could be. */
  | { readonly to: "nothing" };

const nothing: Route = { to: "nothing" };

/** @param target as it stands in the request */
export function routeOf(target: string): Route {
  // Only proxies are asked for anything but a path.
  if (!target.startsWith("/")) return nothing;
  const [path = "", query] = target.split("?", 2);
  const [place, ...rest] = path.slice(1).split("/");
  switch (place) {
    case "api":
      return apiRoute(rest);
    case "assets":
      return rest.length === 1 && (rest[0] === "app.js" || rest[0] === "app.css")
        ? { to: "asset", name: rest[0] }
        : nothing;
    case "files":
      return fileRoute(rest, new URLSearchParams(query).has("download"));
    case "zip": {
      const names = runNames(rest);
      return names?.length === 2 ? { to: "zip", names } : nothing;
    }
    case "latest":
    case "current":
      return rest.length === 0 ? { to: "pointer", name: place } : { to: "page" };
    case "favicon.ico":
    case "robots.txt":
      return nothing;
    default:
      return { to: "page" };
  }
}

function apiRoute([what, ...rest]: readonly string[]): Route {
  if (what === "events" && rest.length === 0) return { to: "events" };
  if (what !== "runs") return nothing;
  if (rest.length === 0) return { to: "list" };
  const last = rest.length === 3 && rest[2] === "files";
  const names = runNames(last ? rest.slice(0, 2) : rest);
  if (names === undefined) return nothing;
  return last ? { to: "files", names } : { to: "run", names };
}

function fileRoute(parts: readonly string[], save: boolean): Route {
  const [workload, folder, ...path] = namesIn(parts.join("/")) ?? [];
  if (workload === undefined || folder === undefined || path.length === 0) return nothing;
  return { to: "file", names: [workload, folder], path, save };
}

function runNames(parts: readonly string[]): RunNames | undefined {
  const [workload, folder, ...more] = namesIn(parts.join("/")) ?? [];
  if (workload === undefined || more.length > 0) return undefined;
  return folder === undefined ? [workload] : [workload, folder];
}
