/** Some rows of the list that come and go together: what is far out of sight only takes its place, so that lists may be long. */
import type { RunEntry } from "@eddy/workbench/pictures";
import { useEffect, useRef, useState } from "preact/hooks";
import { RunRow } from "./run-row.tsx";
import { tick } from "./selection.ts";

/** Rows of a block. */
export const blockLength = 50;
/** px of a row, until a block has been seen. */
const usualHeight = 36;

interface Props {
  readonly runs: readonly RunEntry[];
  /** How many rows stand before it. */
  readonly before: number;
  readonly ticked: ReadonlySet<string>;
}

export function RunBlock({ runs, before, ticked }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [near, setNear] = useState(before < 2 * blockLength);
  const rowHeight = useRef(usualHeight);
  useEffect(() => {
    const element = body.current;
    if (!element) return;
    const sight = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1);
        if (!entry) return;
        if (element.dataset.near === "true")
          rowHeight.current = entry.boundingClientRect.height / element.rows.length;
        // A row that has the keyboard stays, wherever it is.
        setNear(entry.isIntersecting || element.contains(document.activeElement));
      },
      { rootMargin: "1000px" },
    );
    sight.observe(element);
    return () => sight.disconnect();
  }, []);
  return (
    <tbody ref={body} data-near={near}>
      {near ? (
        runs.map((run, at) => (
          <RunRow key={run.id} run={run} place={before + at} ticked={ticked.has(run.id)} onTick={tick} />
        ))
      ) : (
        <tr class="far" style={{ height: `${rowHeight.current * runs.length}px` }}>
          <td />
        </tr>
      )}
    </tbody>
  );
}
