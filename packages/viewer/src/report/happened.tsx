/**
 * What happened: the strip of the whole run, and under it all pictures of the piece of time that is marked on it, with what is
 * selected beside them.
 */
import { useSignalEffect } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Charts } from "./charts.tsx";
import { Logs } from "./logs.tsx";
import { OperationDetails } from "./operation-details.tsx";
import { Overview } from "./overview.tsx";
import { PartNotice } from "./part-notice.tsx";
import { Section } from "./section.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { SpaceTime } from "./space-time.tsx";
import { Timeline } from "./timeline.tsx";
import type { View } from "./view.ts";

export function Happened({ view }: { view: View }) {
  const section = useRef<HTMLElement>(null);
  useSignalEffect(() => {
    // Read, so that each revealing is seen. The address is changed before, so that the way back leads to where one was.
    if (view.revealed.value > 0) requestAnimationFrame(() => scrollToPictures(section.current, view));
  });
  const selected = view.selected.value !== undefined;
  return (
    <section
      class="report-section happened"
      aria-labelledby="happened"
      ref={section}
      data-selected={selected}
    >
      <div class="happened-title">
        <h2 id="happened">What happened</h2>
        <Shortcuts view={view} />
      </div>
      <PartNotice run={view.run} />
      <Overview view={view} />
      <div class="happened-columns">
        <div class="pictures">
          <Charts view={view} />
          <Section name="timeline" title="Timeline" about="each process is a track, each operation a bar">
            <Timeline view={view} />
          </Section>
          <Section name="space-time" title="Messages" about="each node is a line, each message an arrow">
            <SpaceTime view={view} />
          </Section>
          <Section name="logs" title="Node logs" about="what nodes wrote to stderr at that time">
            <Logs view={view} />
          </Section>
        </div>
        {selected && (
          <aside class="details" aria-label="What is selected">
            <OperationDetails view={view} />
          </aside>
        )}
      </div>
    </section>
  );
}

/** An operation is seen best in the timeline, a message or a moment among the messages. */
function scrollToPictures(section: HTMLElement | null, view: View): void {
  const name = view.selected.peek()?.kind === "message" ? "space-time" : "timeline";
  const picture = section?.querySelector(`[data-section="${name}"]`);
  if (!(picture instanceof HTMLDetailsElement)) return;
  picture.open = true;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  picture.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}
