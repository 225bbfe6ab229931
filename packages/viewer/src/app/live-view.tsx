/** The page of a run that is going on. */
import {
  drawLatencyQuantiles,
  drawRate,
  type LiveError,
  type LiveRun,
  visible,
} from "@eddy/workbench/pictures";
import { Waiting } from "../page.tsx";
import { visibleLines } from "../report/visible-lines.ts";
import { LiveCounts, LiveProgress, noPoints } from "./live-card.tsx";
import { active, drawnEnd, heightWith } from "./live-numbers.ts";
import { LivePicture } from "./live-picture.tsx";
import { entryOf } from "./run-store.ts";
import { StandingMark } from "./standing-mark.tsx";

export function LiveView({ id, run }: { id: string; run: LiveRun | undefined }) {
  if (!run) return <Waiting text="The run is going on; waiting for news of it …" />;
  const data = { points: noPoints, bins: run.bins, faults: run.faults };
  return (
    <div class="live">
      <div class="live-head">
        <h1>{visible(run.workload)}</h1>
        <StandingMark standing="running" />
        <span class="muted">{entryOf(id)?.nodes !== undefined && `${entryOf(id)?.nodes} nodes`}</span>
      </div>
      <LiveProgress run={run} />
      <LiveCounts run={run} />
      {active(run.faults).map(({ from, text }) => (
        <p key={`${from} ${text}`} class="live-fault">
          <span class="badge fault-badge">since {(from / 1e9).toFixed(1)} s</span>{" "}
          <span class="mono">{visible(text)}</span>
        </p>
      ))}
      <section aria-labelledby="live-rate">
        <h2 id="live-rate">Rate</h2>
        <LivePicture
          label="Operations a second so far, by what became of them"
          height={heightWith(run.faults, 190)}
          end={drawnEnd(run)}
          draw={(pen, frame) => drawRate(pen, frame, data)}
        />
      </section>
      <section aria-labelledby="live-latency">
        <h2 id="live-latency">Latency</h2>
        <LivePicture
          label="Quantiles of latency so far"
          height={heightWith(run.faults, 190)}
          end={drawnEnd(run)}
          draw={(pen, frame) => drawLatencyQuantiles(pen, frame, data)}
        />
      </section>
      <div class="sides">
        <Errors errors={run.errors} />
        <Problems problems={run.problems} />
      </div>
      <p class="muted">The report takes this place when the run has come to its end.</p>
    </div>
  );
}

function Errors({ errors }: { errors: readonly LiveError[] }) {
  return (
    <section aria-labelledby="live-errors">
      <h2 id="live-errors">Newest errors</h2>
      {errors.length === 0 && <p class="muted">None: every operation has ended ok so far.</p>}
      <ol class="live-errors">
        {errors.map(({ time, process, f, node, ending, text }) => (
          <li key={`${time} ${process}`}>
            <span class="mono muted">{(time / 1e9).toFixed(2)} s</span>{" "}
            <span class={ending === "f" ? "ending-fail" : "ending-info"}>
              {ending === "f" ? "fail" : "info"}
            </span>{" "}
            <span class="mono">
              {visible(f)}
              {node !== undefined && ` at ${node}`}
            </span>{" "}
            {visibleLines(text)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Problems({ problems }: { problems: readonly string[] }) {
  return (
    <section aria-labelledby="live-problems">
      <h2 id="live-problems">Problems with nodes</h2>
      {problems.length === 0 && <p class="muted">None: every node has kept to the protocol so far.</p>}
      <ol class="live-errors">
        {problems.map((problem, at) => (
          <li key={at}>{visible(problem)}</li>
        ))}
      </ol>
    </section>
  );
}
