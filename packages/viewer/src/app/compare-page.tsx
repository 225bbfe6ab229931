/** `/compare`: two runs side by side. */
import { type RunData, visible } from "@eddy/workbench/pictures";
import { Trouble, Waiting } from "../page.tsx";
import { visibleLines } from "../report/visible-lines.ts";
import { fetchRun } from "./client.ts";
import { CompareCharts } from "./compare-charts.tsx";
import { CompareNumbers, CompareOptions } from "./compare-tables.tsx";
import { count, duration } from "./format.ts";
import { Letter } from "./letter.tsx";
import { useLoaded } from "./loaded.ts";
import { backToList } from "./navigation.ts";
import { Retry } from "./retry.tsx";
import { compareHref, runHref } from "./route.ts";
import { marks, standingOf } from "./standing.ts";
import { StandingMark } from "./standing-mark.tsx";
import { When } from "./when.tsx";

export function ComparePage({ a, b }: { a: string; b: string }) {
  if (a === "" || b === "") {
    return (
      <Trouble title="Two runs are needed" text="Select two runs in the list, and choose Compare.">
        <p>
          <a href="/">All runs</a>
        </p>
      </Trouble>
    );
  }
  return <Compared a={a} b={b} />;
}

function Compared({ a, b }: { a: string; b: string }) {
  const loaded = useLoaded(JSON.stringify([a, b]), async (signal) => {
    const [one, other] = await Promise.all([fetchRun(a, signal), fetchRun(b, signal)]);
    return { a: one, b: other };
  });
  return (
    <>
      <nav class="run-bar" aria-label="Comparison">
        <a class="button quiet" href={backToList()}>
          <span aria-hidden="true">←</span> Runs
        </a>
        <h1 class="compare-title">Two runs</h1>
        <span class="run-bar-actions">
          <a class="button" href={compareHref(b, a)}>
            <span aria-hidden="true">⇄</span> Swap
          </a>
        </span>
      </nav>
      {loaded.state === "waiting" && <Waiting text="Reading both runs …" />}
      {loaded.state === "failed" && (
        <Trouble title="These runs cannot be compared" text={loaded.text}>
          <Retry retry={loaded.retry} />
        </Trouble>
      )}
      {loaded.state === "here" && <SideBySide {...loaded.value} />}
    </>
  );
}

function SideBySide({ a, b }: { a: RunData; b: RunData }) {
  return (
    <div class="compare">
      <div class="sides">
        <Side letter="A" run={a} />
        <Side letter="B" run={b} />
      </div>
      {a.workload !== b.workload && (
        <p class="panel compare-note" role="note">
          These are runs of different workloads: few of their numbers mean the same.
        </p>
      )}
      <CompareOptions a={a.options} b={b.options} />
      <CompareNumbers a={a} b={b} />
      <CompareCharts a={a} b={b} />
      <section aria-labelledby="compare-findings">
        <h2 id="compare-findings">What was found</h2>
        <div class="sides">
          <Findings letter="A" run={a} />
          <Findings letter="B" run={b} />
        </div>
      </section>
    </div>
  );
}

function Side({ letter, run }: { letter: "A" | "B"; run: RunData }) {
  return (
    <section class="panel side" aria-label={`Run ${letter}`}>
      <p class="side-title">
        <Letter letter={letter} />
        <a href={runHref(run.id)}>{visible(run.id)}</a>
      </p>
      <p>
        <StandingMark standing={standingOf(run)} />
        {" · "}
        <When start={run.start} />
        {` · ${duration(run.end)} · ${count(run.operations.total)} operations`}
      </p>
    </section>
  );
}

function Findings({ letter, run }: { letter: "A" | "B"; run: RunData }) {
  return (
    <div class="findings">
      <h3>
        <Letter letter={letter} /> <StandingMark standing={standingOf(run)} />
      </h3>
      {run.checks.length === 0 && <p class="muted">Nobody has judged this run.</p>}
      <dl>
        {run.checks.map(({ name, valid, findings }) => {
          const standing = standingOf({ state: "complete", valid });
          return (
            <div key={name} class={`finding ${valid === true ? "muted" : ""}`}>
              <dt>
                <span class={`standing-${standing}`}>
                  <span aria-hidden="true">{marks[standing]}</span>
                  <span class="visually-hidden">{standing}: </span>
                </span>{" "}
                {name}
              </dt>
              {findings.map((finding) => (
                <dd key={finding}>{visibleLines(finding)}</dd>
              ))}
            </div>
          );
        })}
      </dl>
    </div>
  );
}
