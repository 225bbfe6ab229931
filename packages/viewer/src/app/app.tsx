/** The pages of `eddy serve`: what stands around them, and which one is shown. */
import { visible } from "@eddy/workbench/pictures";
import { useEffect, useRef } from "preact/hooks";
import { Mark } from "../mark.tsx";
import { Boundary, Trouble } from "../page.tsx";
import { ThemeToggle } from "../theme-toggle.tsx";
import { ComparePage } from "./compare-page.tsx";
import { FilesPage } from "./files-page.tsx";
import { ListPage } from "./list-page.tsx";
import { followLinks, place } from "./navigation.ts";
import { type Route, routeOf } from "./route.ts";
import { RunPage } from "./run-page.tsx";
import { connection, listenWhileSeen, loadRuns, runList } from "./run-store.ts";

export function App() {
  useEffect(() => {
    const [quiet, unfollow] = [listenWhileSeen(), followLinks()];
    void loadRuns();
    return () => {
      quiet();
      unfollow();
    };
  }, []);
  const route = routeOf(place.value.path, place.value.query);
  const main = useRef<HTMLElement>(null);
  const name = titleOf(route);
  const first = useRef(true);
  useEffect(() => {
    document.title = name === "" ? "eddy" : `${visible(name)} · eddy`;
    // Who uses the keyboard, or hears the page, goes on at the top of the new page.
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [name]);
  return (
    <div class="app">
      <Header />
      <main ref={main} tabIndex={-1} class={`page page-${route.page}`}>
        <Boundary key={name}>
          <Page route={route} />
        </Boundary>
      </main>
    </div>
  );
}

function titleOf(route: Route): string {
  switch (route.page) {
    case "list":
      return "Runs";
    case "run":
      return route.id;
    case "files":
      return `Files of ${route.id}`;
    case "compare":
      return `${route.a} and ${route.b}`;
    case "missing":
      return "No such page";
  }
}

function Page({ route }: { route: Route }) {
  switch (route.page) {
    case "list":
      return <ListPage />;
    case "run":
      return <RunPage key={route.id} id={route.id} />;
    case "files":
      return <FilesPage key={route.id} id={route.id} view={route.view} />;
    case "compare":
      return <ComparePage key={`${route.a} ${route.b}`} a={route.a} b={route.b} />;
    case "missing":
      return (
        <Trouble title="There is no such page" text={`Nothing is shown at ${route.path}.`}>
          <p>
            <a href="/">All runs</a>
          </p>
        </Trouble>
      );
  }
}

function Header() {
  const store = runList.value?.store;
  return (
    <header class="app-header">
      <a class="brand" href="/" aria-label="eddy: all runs">
        <Mark />
        eddy
      </a>
      {store !== undefined && (
        <span class="store mono muted" title={`The store: ${store}`}>
          {store}
        </span>
      )}
      <span class="header-end">
        <span class="connection" role="status">
          {connection.value === "lost" && (
            <span class="badge" title="What is shown may be out of date. The page tries again by itself.">
              <span aria-hidden="true">⚠</span> connection lost, trying again …
            </span>
          )}
        </span>
        <ThemeToggle />
      </span>
    </header>
  );
}
