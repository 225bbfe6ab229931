/** Why a run is not valid: each check that says so with what it found, linked to where that is drawn; and those that passed. */
import type { CheckInWords, RunData, Span } from "@eddy/workbench/pictures";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { plural } from "../app/format.ts";
import { StandingMark } from "../app/standing-mark.tsx";
import { findingReader, type Piece } from "./finding-text.ts";
import { hashOf } from "./place-in-hash.ts";
import type { View } from "./view.ts";
import { visibleLines } from "./visible-lines.ts";

/** Findings that are shown before somebody asks for more, and how many come with each asking. */
const [first, further] = [5, 50];
/** Letters of a finding that are shown before somebody asks for more. */
const longest = 1_500;

export function Explanation({ view }: { view: View }) {
  const { checks } = view.run;
  const read = useMemo(() => findingReader(view.run), [view]);
  const bad = checks.filter(({ valid }) => valid !== true);
  return (
    <>
      {bad.length > 0 && (
        <section class="report-section explanation" aria-labelledby="explanation">
          <h2 id="explanation">
            {bad.some(({ valid }) => valid === false) ? "What went wrong" : "What is unknown"}
          </h2>
          {bad.map((check) => (
            <Check key={check.name} check={check} view={view} read={read} />
          ))}
        </section>
      )}
      <Passed run={view.run} />
    </>
  );
}

function Check({
  check,
  view,
  read,
}: {
  check: CheckInWords;
  view: View;
  read: (text: string) => readonly Piece[];
}) {
  const { name, valid, findings } = check;
  const count = useSignal(first);
  const more = findings.length - count.value;
  return (
    <article class="check panel" data-check={name} data-valid={String(valid)}>
      <h3>
        <StandingMark standing={valid === "unknown" ? "unknown" : valid ? "valid" : "invalid"} />
        <span class="check-name">{name}</span>
        {findings.length > first && <span class="muted">{plural(findings.length, "finding")}</span>}
      </h3>
      <ul class="findings">
        {findings.slice(0, count.value).map((finding, i) => (
          <Finding key={i} text={finding} view={view} read={read} />
        ))}
      </ul>
      {more > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            count.value += further;
          }}
        >
          Show {more > further ? `${further} of ${more} more` : `${more} more`}
        </button>
      )}
    </article>
  );
}

function Finding({
  text,
  view,
  read,
}: {
  text: string;
  view: View;
  read: (text: string) => readonly Piece[];
}) {
  const whole = useSignal(false);
  const shown = whole.value || text.length <= longest ? text : text.slice(0, longest).toWellFormed();
  const pieces = useMemo(() => read(shown), [read, shown]);
  return (
    <li class="finding">
      {pieces.map((piece, i) => (
        <PieceOfText key={i} piece={piece} view={view} />
      ))}
      {shown.length < text.length && (
        <>
          {"… "}
          <button
            type="button"
            class="link"
            onClick={() => {
              whole.value = true;
            }}
          >
            all {plural(text.length, "letter")}
          </button>
        </>
      )}
    </li>
  );
}

function PieceOfText({ piece, view }: { piece: Piece; view: View }) {
  const { selection, time } = piece;
  const text = visibleLines(piece.text);
  if (selection) {
    return (
      <a
        href={`#${hashOf(view.run, { selected: selection })}`}
        data-selects={selection.kind}
        title={selection.kind === "operation" ? "Show this operation" : "Show this message"}
        onClick={(event) => follow(event, () => view.reveal(selection))}
      >
        {text}
      </a>
    );
  }
  if (time !== undefined) {
    return (
      <a
        href={`#${hashOf(view.run, { window: around(time) })}`}
        data-selects="time"
        title="Show this moment"
        onClick={(event) => follow(event, () => view.revealTime(time))}
      >
        {text}
      </a>
    );
  }
  return <>{text}</>;
}

/** A plain click stays in the page; the browser has the link for all else. */
function follow(event: MouseEvent, go: () => void): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  go();
}

const around = (time: number): Span => ({ from: Math.max(time - 5e8, 0), to: time + 5e8 });

/** The checks that found nothing wrong, a line each, small: what they looked at is part of what valid means. */
function Passed({ run }: { run: RunData }) {
  const passed = run.checks.filter(({ valid }) => valid === true);
  if (passed.length === 0) return null;
  return (
    <section class="report-section passed" aria-label="Checks that passed">
      <ul class="passed-checks">
        {passed.map(({ name, findings }) => (
          <li key={name} data-check={name} data-valid="true">
            <span class="passed-mark" aria-hidden="true">
              ✓
            </span>
            <span class="check-name">
              <span class="visually-hidden">passed: </span>
              {name}
            </span>
            <span class="muted">{visibleLines(findings.join("; "))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
