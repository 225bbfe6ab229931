/** The pictures of a run, drawn into its folder when it is over: charts, the space-time diagram, the timeline, the report. */
import { type Drawn, type Perf, withPictures } from "../checkers/drawn.ts";
import type { Results } from "../checkers/judge.ts";
import type { Operation } from "../history/operation.ts";
import { latencyQuantilesSvg, latencyRawSvg, messagesSvg, rateSvg } from "../pictures/pictures.ts";
import type { RunData } from "../pictures/run-data.ts";
import type { RunFolder } from "../store/run-folder.ts";
import { StoreError } from "../store/store-error.ts";
import { standalonePage } from "./page.ts";
import { readRun, withResults } from "./read-run.ts";
import { WholeHistory } from "./whole-history.ts";

/** What drawing needs of the run. */
export interface Surroundings {
  readonly folder: RunFolder;
  /** `<workload>/<folder>`, its path in the store. */
  readonly id: string;
  /** Lets other things happen between two pictures. */
  readonly pause: () => Promise<void>;
  /** Is told what could not be drawn, and why. */
  readonly failed: (message: string) => void;
  /** Stores results anew. */
  readonly store: (results: Results) => void;
}

/**
 * Draws a run: takes its history as it is judged, and draws it when its results are stored. A mistake in drawing never costs
 * a run its verdict.
 */
export class RunDrawing {
  readonly #history = new WholeHistory();
  #failure: string | undefined;

  /** Takes the next entry of the history. */
  add(operation: Operation): void {
    if (this.#failure !== undefined) return;
    try {
      this.#history.add(operation);
    } catch (error) {
      this.#failure = inWords(error);
    }
  }

  /**
   * Draws everything, and stores the results with what became of that. They must be stored already without it: to draw may take
   * a while, and a process can be killed.
   *
   * @throws {StoreError} when the pictures, or the results, cannot be written
   */
  async drawRun(results: Results, surroundings: Surroundings): Promise<Results> {
    const { folder, id, pause, failed, store } = surroundings;
    let run: RunData | undefined;
    /** What kept a file from being written, if anything did. */
    const draw = async (name: string, picture: (run: RunData) => string): Promise<string | undefined> => {
      await pause();
      try {
        if (this.#failure !== undefined) throw new Error(this.#failure);
        run ??= readRun(folder.path, id, {}, this.#history);
        folder.write(name, picture(run));
        return undefined;
      } catch (error) {
        if (error instanceof StoreError) throw error;
        failed(`${name} could not be drawn: ${inWords(error)}`);
        // What cannot be read need not be tried again.
        if (run === undefined) this.#failure = inWords(error);
        return `${name}: ${inWords(error)}`;
      }
    };
    const { points } = this.#history;
    const chart = ({ bins, faults }: RunData) => ({ points: points.points(), bins, faults });
    const about = ({ workload, end }: RunData) => ({ title: workload, end });
    const latency = drawn(
      await draw("latency-raw.svg", (run) => latencyRawSvg(chart(run), about(run))),
      await draw("latency-quantiles.svg", (run) => latencyQuantilesSvg(chart(run), about(run))),
    );
    const rate = drawn(await draw("rate.svg", (run) => rateSvg(chart(run), about(run))));
    const timeline = [
      await draw("messages.svg", messagesSvg),
      await draw("timeline.html", (run) => standalonePage(timelineOf(run), "timeline")),
    ];
    const perf: Perf = { "latency-graph": latency, "rate-graph": rate, ...drawn(latency.error, rate.error) };
    let whole = withPictures(results, { perf, timeline: drawn(...timeline) });
    store(whole);
    const report = await draw("report.html", (run) => standalonePage(withResults(run, whole), "report"));
    if (report !== undefined) {
      whole = withPictures(results, { perf, timeline: drawn(...timeline, report) });
      store(whole);
    }
    return whole;
  }
}

/** One part of the results for some pictures, each with what kept it from being drawn. */
function drawn(...failures: readonly (string | undefined)[]): Drawn {
  const errors = failures.filter((failure) => failure !== undefined);
  return errors.length === 0 ? { "valid?": true } : { "valid?": "unknown", error: errors.join("; ") };
}

/** A timeline shows operations, and nothing of what else a report has. */
function timelineOf(run: RunData): RunData {
  const columns = {
    id: [],
    src: [],
    dest: [],
    type: [],
    sent: [],
    arrived: [],
    sentOrder: [],
    arrivedOrder: [],
  };
  const texts = { names: [], types: [], fate: "", msgId: [], inReplyTo: [], body: [] };
  return { ...run, logs: [], messages: { total: run.messages.total, spans: [], ...columns, ...texts } };
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
