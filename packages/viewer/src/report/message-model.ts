/** What is known of the messages of a run beyond their columns, and what of them is shown and stands out. */
import {
  type Causes,
  causesOf,
  type Emphasis,
  type Followed,
  filterMessages,
  follow,
  leadingTo,
  type MessageFilter,
  noFilter,
  type RunData,
  rowsById,
  SpaceTime,
  type SpaceTimeLayout,
  type Sureness,
  spaceTimeLayout,
} from "@eddy/workbench/pictures";
import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Selection, View } from "./view.ts";

/** What takes a while, and is the same for all who look at the run. */
interface Known {
  readonly causes: Causes;
  readonly byId: ReadonlyMap<number, readonly number[]>;
}

const knownRuns = new WeakMap<RunData, Known>();

/** Made when it is first asked for. */
export function knownOf(run: RunData): Known {
  const known = knownRuns.get(run) ?? { causes: causesOf(run.messages), byId: rowsById(run.messages) };
  knownRuns.set(run, known);
  return known;
}

/** The way of what is selected through the cluster. */
export interface Way {
  /** The messages that led to a selected message, from the first on. */
  readonly before: readonly number[];
  readonly followed: Followed;
  /** The replies to those before, sent when the selected message had arrived: they may have waited for it. */
  readonly replies: readonly number[];
  /** All of them, with how sure it is what caused them. */
  readonly sure: ReadonlyMap<number, Sureness | undefined>;
}

/** @returns undefined when no message of what is selected is in the data */
export function wayOf(run: RunData, selection: Selection): Way | undefined {
  const { causes, byId } = knownOf(run);
  const rowsOf = (ids: readonly number[]): number[] => ids.flatMap((id) => byId.get(id) ?? []);
  const { operations, messages } = run;
  const rows =
    selection.kind === "operation"
      ? rowsOf(operations.messages[selection.row] ?? [])
      : rowsOf(messages.id.slice(selection.row, selection.row + 1));
  if (rows.length === 0) return undefined;
  const followed = follow(messages, causes, rows);
  const before = selection.kind === "message" ? leadingTo(causes, selection.row) : [];
  const sure = new Map<number, Sureness | undefined>();
  for (const [i, row] of before.entries()) {
    sure.set(row, i === 0 ? undefined : sureness(causes, row));
  }
  for (const step of followed.steps) sure.set(step.row, step.sure);
  if (before.length > 0) sure.set(selection.row, sureness(causes, selection.row));
  const replies = repliesAfter(run, selection.row, before);
  for (const row of replies) sure.set(row, "exact");
  return { before, followed, replies, sure };
}

/** The replies to some messages that were sent when another one had arrived where these had. */
function repliesAfter(run: RunData, arrived: number, asked: readonly number[]): number[] {
  const { messages } = run;
  const { causes } = knownOf(run);
  const time = messages.arrived[arrived] ?? -1;
  const requests = asked.filter((row) => messages.dest[row] === messages.dest[arrived]);
  if (requests.length === 0 || messages.fate[arrived] !== "a") return [];
  const rows = follow(messages, causes, requests).steps.map(({ row }) => row);
  return rows.filter((row) => {
    const answers = causes.exact[row] === 1 && (messages.inReplyTo[row] ?? -1) >= 0;
    return answers && requests.includes(causes.cause[row] ?? -1) && (messages.sent[row] ?? 0) >= time;
  });
}

function sureness(causes: Causes, row: number): Sureness {
  return causes.exact[row] ? "exact" : "likely";
}

/** One for each diagram. */
export class MessageModel {
  readonly view: View;
  readonly filter: Signal<MessageFilter> = signal(noFilter);
  /** Only the messages on the way of what is selected. */
  readonly onlyWay: Signal<boolean> = signal(false);
  /** Nodes whose clients have a line each. */
  readonly unfolded: Signal<ReadonlySet<string>> = signal(new Set<string>());
  /** Where keys have led to: a row. */
  readonly cursor: Signal<number | undefined> = signal(undefined);
  readonly way: ReadonlySignal<Way | undefined>;
  readonly rows: ReadonlySignal<Int32Array>;
  readonly layout: ReadonlySignal<SpaceTimeLayout>;
  readonly picture: ReadonlySignal<SpaceTime>;
  readonly emphasis: ReadonlySignal<Emphasis>;

  constructor(view: View) {
    const { run } = view;
    this.view = view;
    this.way = computed(() => (view.selected.value ? wayOf(run, view.selected.value) : undefined));
    this.rows = computed(() => {
      const way = this.onlyWay.value ? this.way.value : undefined;
      const filter = this.filter.value;
      return filterMessages(run, way ? { ...filter, rows: new Set(way.sure.keys()) } : filter);
    });
    this.layout = computed(() => {
      const rows = this.rows.value;
      const all = rows.length === run.messages.id.length;
      return spaceTimeLayout(run, this.unfolded.value, all ? undefined : rows);
    });
    this.picture = computed(
      () => new SpaceTime(run, knownOf(run).causes, this.rows.value, this.layout.value),
    );
    this.emphasis = computed(() => {
      const selected = view.selected.value;
      return {
        ...(this.way.value && { way: this.way.value.sure }),
        selected: selected?.kind === "message" ? selected.row : undefined,
        cursor: this.cursor.value,
      };
    });
  }

  /** Moves to the message that was sent next, or before, of those that are shown. @returns its row, if there is one */
  step(by: 1 | -1): number | undefined {
    const selected = this.view.selected.peek();
    const at = this.cursor.peek() ?? (selected?.kind === "message" ? selected.row : undefined);
    return this.moveTo(this.picture.peek().neighbour(at, by, this.view.window.peek()));
  }

  /** Moves the cursor to a message, and the window, too, when it lies outside. */
  moveTo(row: number | undefined): number | undefined {
    if (row === undefined) return undefined;
    this.cursor.value = row;
    const time = this.view.run.messages.sent[row] ?? 0;
    const { from, to } = this.view.window.peek();
    if (time < from || time > to) {
      this.view.show({ from: time - (to - from) / 2, to: time + (to - from) / 2 });
    }
    return row;
  }
}
