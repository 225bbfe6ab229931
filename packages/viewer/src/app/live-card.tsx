/** A run that is going on, on top of the list: how far it is, what comes of it, what is wrong right now. */
import { drawRate, type LiveRun, type Points, visible } from "@eddy/workbench/pictures";
import { count, figures, plural } from "./format.ts";
import { active, drawnEnd, heightWith, progress, recentRate } from "./live-numbers.ts";
import { LivePicture } from "./live-picture.tsx";
import { runHref } from "./route.ts";
import { StandingMark } from "./standing-mark.tsx";

/** While a run goes on, its operations are known in bins only. */
export const noPoints: Points = { length: 0, functions: [], start: [], latency: [], ending: [], f: [] };

export function LiveCard({ run }: { run: LiveRun }) {
  return (
    <section class="panel live-card" aria-label={`Going on: ${visible(run.id)}`}>
      <div class="live-head">
        <StandingMark standing="running" />
        <a class="live-name" href={runHref(run.id)}>
          {visible(run.workload)}
        </a>
        <span class="mono muted live-id">{visible(run.id)}</span>
      </div>
      <LiveProgress run={run} />
      <LiveCounts run={run} />
      <LivePicture
        label={`Rate of ${visible(run.id)} so far`}
        height={heightWith(run.faults, 110)}
        end={drawnEnd(run)}
        draw={(pen, frame) => drawRate(pen, frame, { points: noPoints, ...run }, { legend: false })}
      />
      {run.problems.length > 0 && (
        <p class="live-problem standing-invalid">
          {plural(run.problems.length, "problem")} with nodes:{" "}
          <span class="mono">{visible(run.problems[0] ?? "")}</span>
        </p>
      )}
    </section>
  );
}

export function LiveProgress({ run }: { run: LiveRun }) {
  const passed = `${(run.now / 1e9).toFixed(1)} s`;
  const timeUp = run.now / 1e9 > run.timeLimit;
  return (
    <div class="live-progress">
      {run.timeLimit > 0 && <progress value={progress(run)} max={1} aria-label="Time that has passed" />}
      <span>
        {run.timeLimit <= 0
          ? passed
          : timeUp
            ? `${passed}: the time is up, the run comes to its end`
            : `${passed} of ${figures(run.timeLimit)} s`}
      </span>
    </div>
  );
}

export function LiveCounts({ run }: { run: LiveRun }) {
  const rate = recentRate(run.bins, run.now);
  const { ok, fail, info, open } = run.counts;
  const faults = active(run.faults);
  return (
    <dl class="live-counts">
      <Figure name="ok" value={count(ok)} />
      <Figure name="fail" value={count(fail)} />
      <Figure name="info" value={count(info)} />
      <Figure name="open" value={count(open)} />
      <Figure name="a second" value={rate === undefined ? "…" : figures(rate)} />
      <div class="live-faults">
        <dt>faults now</dt>
        <dd>
          {faults.length === 0
            ? "none"
            : faults.map(({ fault, from, text }) => (
                <span key={`${fault} ${from}`} class="badge fault-badge" title={text}>
                  {fault}
                </span>
              ))}
        </dd>
      </div>
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div class={`figure figure-${name}`}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
