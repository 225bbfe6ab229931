/** The page of the timeline alone, `timeline.html`: verdict, the strip of the whole run, its tracks, and what is selected. */
import type { RunData } from "@eddy/workbench/pictures";
import { useEffect, useMemo, useState } from "preact/hooks";
import { plural } from "../app/format.ts";
import { standingOf } from "../app/standing.ts";
import { StandingMark } from "../app/standing-mark.tsx";
import { ThemeToggle } from "../theme-toggle.tsx";
import { Announcer } from "./announcer.tsx";
import { useHash } from "./hash-sync.ts";
import { OperationDetails } from "./operation-details.tsx";
import { Overview } from "./overview.tsx";
import { partInWords } from "./part-in-words.ts";
import { Shortcuts } from "./shortcuts.tsx";
import { timeText } from "./time-text.ts";
import { Timeline } from "./timeline.tsx";
import { View } from "./view.ts";

/** px of the window that are not the timeline's tracks, and px that those have at least */
const [around, lowest] = [330, 260];

export function TimelinePage({ run }: { run: RunData }) {
  const view = useMemo(() => new View(run), [run]);
  useHash(view);
  const highest = Math.max(useWindowHeight() - around, lowest);
  const part = partInWords(
    "operations",
    run.operations.total,
    run.operations.start.length,
    run.operations.spans,
    run.end,
  );
  const selected = view.selected.value !== undefined;
  return (
    <article class="report timeline-page" aria-label={`Timeline of ${run.id}`}>
      <header class="timeline-header">
        <div class="report-title">
          <h1>
            {run.workload} <span class="muted">timeline</span>
          </h1>
          <StandingMark standing={standingOf(run)} />
          <ThemeToggle />
          <Shortcuts view={view} />
        </div>
        <p class="muted">
          {plural(run.operations.total, "operation")} in {timeText(run.end, run.end / 100)}, in{" "}
          <span class="mono">{run.id}</span>. All else of this run is in <a href="report.html">report.html</a>
          .
        </p>
        {part !== undefined && <p class="part-notice panel">{part}</p>}
      </header>
      <Overview view={view} />
      <div class="timeline-columns" data-selected={selected}>
        <Timeline view={view} highest={highest} />
        {selected && (
          <aside class="details" aria-label="What is selected">
            <OperationDetails view={view} messages={false} />
          </aside>
        )}
      </div>
      <Announcer view={view} />
    </article>
  );
}

function useWindowHeight(): number {
  const [height, setHeight] = useState(innerHeight);
  useEffect(() => {
    const resize = (): void => setHeight(innerHeight);
    addEventListener("resize", resize);
    return () => removeEventListener("resize", resize);
  }, []);
  return height;
}
