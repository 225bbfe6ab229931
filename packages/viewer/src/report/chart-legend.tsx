/** What colours and shapes mean in the charts; each entry is a button that hides what it names. */
import {
  type EndingWord,
  endingInks,
  endingWords,
  quantilesLegend,
  shapeOf,
  shortened,
  visible,
} from "@eddy/workbench/pictures";
import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { ChartSource } from "./chart-source.ts";
import { LineSwatch, ShapeSwatch } from "./swatch.tsx";

export function ChartLegend({ source }: { source: ChartSource }) {
  const several = source.functions.length > 1;
  return (
    <fieldset class="legend">
      <legend class="visually-hidden">What the charts show</legend>
      {source.endings.map((ending) => (
        <Choice key={ending} name={endingWords[ending]} value={ending} hidden={source.hiddenEndings}>
          <LineSwatch ink={endingInks[ending]} {...lines[ending]} mark />
        </Choice>
      ))}
      {several && <span class="legend-gap" />}
      {several &&
        source.functions.map((f, i) => (
          <Choice key={f} name={f} value={i} hidden={source.hiddenFunctions}>
            <ShapeSwatch shape={shapeOf(i)} ink="faint" />
          </Choice>
        ))}
    </fieldset>
  );
}

/** As the chart of rates has them; operations that did not end have marks only. */
const lines: Readonly<Record<EndingWord, { readonly width: number; readonly dashed: boolean }>> = {
  ok: { width: 2, dashed: false },
  fail: { width: 1.5, dashed: true },
  info: { width: 3, dashed: false },
  open: { width: 0, dashed: false },
};

interface ChoiceProps<T> {
  readonly name: string;
  readonly value: T;
  readonly hidden: Signal<ReadonlySet<T>>;
  readonly children: ComponentChildren;
}

function Choice<T>({ name, value, hidden, children }: ChoiceProps<T>) {
  const shown = !hidden.value.has(value);
  const toggle = (): void => {
    const now = new Set(hidden.value);
    if (shown) now.add(value);
    else now.delete(value);
    hidden.value = now;
  };
  return (
    <button
      type="button"
      class="legend-choice"
      aria-pressed={shown}
      title={shown ? `Hide ${name}` : `Show ${name}`}
      onClick={toggle}
    >
      {children}
      {visible(shortened(name, 60))}
    </button>
  );
}

/** The lines of the quantiles. */
export function QuantileLegend() {
  return (
    <ul class="legend legend-lines">
      {quantilesLegend({ width: 1, functions: [], series: [] }).map(
        ({ text, ink, width = 2, dashed = false }) => (
          <li key={text}>
            <LineSwatch ink={ink} width={width} dashed={dashed} />
            {text}
          </li>
        ),
      )}
    </ul>
  );
}
