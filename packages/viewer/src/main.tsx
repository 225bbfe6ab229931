/** The pages' beginning: a file that carries its run shows that; anything else is a page of `eddy serve`. */
import type { RunData } from "@eddy/workbench/pictures";
import { type ComponentChildren, render } from "preact";
import { useEffect, useState } from "preact/hooks";
import "./style/base.css";
import "./style/report.css";
import "./style/timeline.css";
import "./style/space-time.css";
import "./style/app.css";
import "./style/dialog.css";
import "./style/list.css";
import "./style/live.css";
import "./style/compare.css";
import { App } from "./app/app.tsx";
import { type Embedded, embeddedRun } from "./embedded.ts";
import { showIcon } from "./mark.tsx";
import { Boundary, Trouble, Waiting } from "./page.tsx";
import { Report } from "./report/report.tsx";
import { TimelinePage } from "./report/timeline-page.tsx";

function EmbeddedPage({ embedded }: { embedded: Embedded }) {
  const [run, setRun] = useState<RunData | undefined>();
  const [trouble, setTrouble] = useState<string | undefined>();
  useEffect(() => {
    embedded.read().then(setRun, (error: unknown) => {
      setTrouble(error instanceof Error ? error.message : String(error));
    });
  }, [embedded]);
  if (trouble !== undefined) return <Trouble title="This run cannot be shown" text={trouble} />;
  if (!run) return <Waiting text="Unpacking the run …" />;
  return embedded.view === "timeline" ? (
    <TimelinePage run={run} />
  ) : (
    <Report run={run} filesHref={undefined} />
  );
}

/** Beside what the body holds already: the data of an embedded run stay in the page, so that it can be saved again. */
function show(content: ComponentChildren): void {
  const root = document.createElement("div");
  root.id = "eddy";
  document.getElementById("loading")?.remove();
  document.body.append(root);
  showIcon(document);
  render(<Boundary>{content}</Boundary>, root);
}

function start(): void {
  const embedded = embeddedRun(document);
  show(embedded ? <EmbeddedPage embedded={embedded} /> : <App />);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
