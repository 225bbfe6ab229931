/** A report of one run: the verdict, why, the numbers, and then what happened, in pictures that share one piece of time. */
import type { RunData } from "@eddy/workbench/pictures";
import { useMemo } from "preact/hooks";
import { Announcer } from "./announcer.tsx";
import { Explanation } from "./explanation.tsx";
import { Files } from "./files.tsx";
import { Happened } from "./happened.tsx";
import { useHash } from "./hash-sync.ts";
import { Header } from "./header.tsx";
import { Numbers } from "./numbers.tsx";
import { Options } from "./options.tsx";
import { RawResults } from "./raw-results.tsx";
import { View } from "./view.ts";

export interface ReportProps {
  readonly run: RunData;
  /** Where `eddy serve` shows the files of the run; undefined when the report is a file among them. */
  readonly filesHref: string | undefined;
}

export function Report({ run, filesHref }: ReportProps) {
  const view = useMemo(() => new View(run), [run]);
  useHash(view);
  return (
    <article class="report" aria-label={`Report of ${run.id}`}>
      <Header run={run} standalone={filesHref === undefined} />
      <Explanation view={view} />
      <Numbers run={run} />
      <Happened view={view} />
      <div class="report-rest">
        <Options run={run} />
        <RawResults results={run.results} />
        <Files run={run} filesHref={filesHref} />
      </div>
      <Announcer view={view} />
    </article>
  );
}
