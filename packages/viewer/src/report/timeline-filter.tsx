/** Says which operations the timeline shows; its buttons for endings are the legend, too. */
import { type Grouping, visible } from "@eddy/workbench/pictures";
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { count } from "../app/format.ts";
import { EndingSwatch } from "./ending-mark.tsx";
import { everything, isEverything, type OperationFilter } from "./operation-filter.ts";
import type { View } from "./view.ts";

const letters = ["o", "f", "i", "?"] as const;
const shortWords: Readonly<Record<string, string>> = { o: "ok", f: "fail", i: "info", "?": "no end" };
const explained: Readonly<Record<string, string>> = {
  o: "It happened",
  f: "It did not happen",
  i: "Nobody knows whether it happened, nor when",
  "?": "It had not ended when the run did",
};

export interface TimelineFilterProps {
  readonly view: View;
  readonly filter: Signal<OperationFilter>;
  /** Undefined: there is no choice. */
  readonly grouping: Signal<Grouping> | undefined;
  /** Whether there are any to go through. */
  readonly problems: boolean;
  readonly shown: number;
  readonly step: (by: 1 | -1, problems: boolean) => void;
}

export function TimelineFilter({ view, filter, grouping, problems, shown, step }: TimelineFilterProps) {
  const { operations, nodes } = view.run;
  const counts = useMemo(() => countsOf(operations.ending), [operations]);
  const now = filter.value;
  const set = (change: Partial<OperationFilter>): void => {
    filter.value = { ...now, ...change };
  };
  const total = operations.start.length;
  return (
    <div class="timeline-tools">
      <fieldset class="timeline-endings">
        <legend class="visually-hidden">Endings that are shown</legend>
        {letters
          .filter((letter) => (counts.get(letter) ?? 0) > 0)
          .map((letter) => (
            <button
              key={letter}
              type="button"
              class="button ending-button"
              aria-pressed={!now.hidden.includes(letter)}
              title={`${explained[letter]}. Press to ${now.hidden.includes(letter) ? "show" : "hide"} these`}
              data-ending={letter}
              onClick={() => set({ hidden: toggled(now.hidden, letter) })}
            >
              <EndingSwatch letter={letter} />
              {shortWords[letter]} <span class="muted">{count(counts.get(letter) ?? 0)}</span>
            </button>
          ))}
      </fieldset>
      {operations.functions.length > 1 && (
        <Choice name="Function" all="all functions" value={now.f} set={(f) => set({ f })}>
          {operations.functions}
        </Choice>
      )}
      {nodes.length > 1 && (
        <Choice name="Node" all="all nodes" value={now.node} set={(node) => set({ node })}>
          {nodes}
        </Choice>
      )}
      <input
        class="input timeline-process"
        type="text"
        inputMode="numeric"
        placeholder="process"
        aria-label="Only this process"
        value={now.process ?? ""}
        onInput={({ currentTarget: { value } }) =>
          set({ process: /^\s*\d+\s*$/.test(value) ? Number(value) : undefined })
        }
      />
      <input
        class="input timeline-text"
        type="search"
        placeholder="text in values"
        aria-label="Only operations whose values or errors hold this text"
        value={now.text}
        onInput={({ currentTarget }) => set({ text: currentTarget.value })}
      />
      {grouping && (
        <select
          class="input"
          aria-label="What a track is"
          value={grouping.value}
          onChange={({ currentTarget }) => {
            grouping.value = currentTarget.value === "process" ? "process" : "worker";
          }}
        >
          <option value="worker">tracks by worker</option>
          <option value="process">tracks by process</option>
        </select>
      )}
      {problems && (
        <span class="timeline-steps">
          <Step name="Previous problem" keys="P" step={() => step(-1, true)}>
            ←
          </Step>
          <span class="muted">problem</span>
          <Step name="Next problem" keys="N" step={() => step(1, true)}>
            →
          </Step>
        </span>
      )}
      {!isEverything(now) && (
        <span class="timeline-shown" role="status">
          {count(shown)} of {count(total)}{" "}
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              filter.value = everything;
            }}
          >
            Show all
          </button>
        </span>
      )}
    </div>
  );
}

function Step(props: { name: string; keys: string; step: () => void; children: ComponentChildren }) {
  return (
    <button
      type="button"
      class="button quiet"
      aria-label={props.name}
      title={`${props.name}: the next operation that ended fail or info (Shift + ${props.keys})`}
      onClick={props.step}
    >
      {props.children}
    </button>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly all: string;
  /** A place among the children. */
  readonly value: number | undefined;
  readonly set: (value: number | undefined) => void;
  readonly children: readonly string[];
}

function Choice({ name, all, value, set, children }: ChoiceProps) {
  return (
    <select
      class="input"
      aria-label={name}
      value={value ?? ""}
      onChange={({ currentTarget }) =>
        set(currentTarget.value === "" ? undefined : Number(currentTarget.value))
      }
    >
      <option value="">{all}</option>
      {children.map((one, place) => (
        <option key={one} value={place}>
          {visible(one)}
        </option>
      ))}
    </select>
  );
}

function countsOf(endings: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const letter of endings) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

function toggled(hidden: string, letter: string): string {
  return hidden.includes(letter) ? hidden.replace(letter, "") : hidden + letter;
}
