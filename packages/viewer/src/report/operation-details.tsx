/** What is selected, in full: an operation with what was asked and answered, its times and its messages; or a message. */
import { type RunData, rowsById, shortened, visible } from "@eddy/workbench/pictures";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { EndingMark } from "./ending-mark.tsx";
import { findingsByOperation, type NamingFinding } from "./found-by-checks.ts";
import { MessageDetails } from "./message-details.tsx";
import { type OperationFacts, operationFacts } from "./operation-facts.ts";
import { OperationMessages } from "./operation-messages.tsx";
import { prettyJson } from "./pretty-json.ts";
import { lengthText, timeText } from "./time-text.ts";
import type { View } from "./view.ts";

/** Findings that are listed; all of them stand at the top of the report. */
const mostFindings = 5;

export interface OperationDetailsProps {
  readonly view: View;
  /** Whether the messages are drawn on this page, so that a request can be followed among them; they are, unless said. */
  readonly messages?: boolean;
}

export function OperationDetails({ view, messages = true }: OperationDetailsProps) {
  const { run } = view;
  const found = useMemo(() => lazily(() => findingsByOperation(run)), [run]);
  const rows = useMemo(() => lazily(() => rowsById(run.messages)), [run]);
  const selected = view.selected.value;
  if (!selected) return null;
  if (selected.kind === "message") return <MessageDetails view={view} row={selected.row} />;
  const facts = operationFacts(run, selected.row);
  if (!facts) return null;
  return (
    <section class="operation-details" data-row={facts.row} aria-label="The selected operation">
      <DetailsTitle view={view}>
        {facts.f} <span class="muted">operation</span>
      </DetailsTitle>
      <p class="details-ending">
        <EndingMark letter={facts.letter} />
        {facts.error !== "" && <span class="details-error">: {shortened(facts.error, 4_000)}</span>}
      </p>
      <Facts run={run} facts={facts} />
      <h4>Asked</h4>
      <Value json={facts.asked === "null" ? "" : facts.asked} none="nothing but that" />
      <h4>Answered</h4>
      <Value json={facts.answered} none={answerInWords(facts)} />
      <OperationMessages view={view} facts={facts} rows={rows()} follow={messages} />
      <Findings findings={found().get(facts.row) ?? []} />
    </section>
  );
}

/** The title of what is selected, and what selects nothing again. */
export function DetailsTitle({ view, children }: { view: View; children: ComponentChildren }) {
  return (
    <div class="details-title">
      <h3>{children}</h3>
      <button
        type="button"
        class="button quiet"
        aria-label="Select nothing"
        title="Select nothing (Esc)"
        onClick={() => view.select(undefined)}
      >
        ✕
      </button>
    </div>
  );
}

function Facts({ run, facts: { process, node, start, end, row } }: { run: RunData; facts: OperationFacts }) {
  return (
    <dl class="details-facts">
      <dt>process</dt>
      <dd>{process}</dd>
      <dt>node</dt>
      <dd>{node ?? "nobody says which"}</dd>
      <dt>began</dt>
      <dd>{timeText(start, 1e3)}</dd>
      <dt>ended</dt>
      <dd>{end === undefined ? "not before the run did" : timeText(end, 1e3)}</dd>
      {end !== undefined && (
        <>
          <dt>took</dt>
          <dd>{lengthText(end - start)}</dd>
        </>
      )}
      <dt>in the history</dt>
      <dd>entry {run.operations.index[row] ?? "?"}</dd>
    </dl>
  );
}

/** What fits into a line beside the pictures. */
const letters = 42;

/** A value of any length: as much as can be read. */
export function Value({ json, none }: { json: string; none: string }) {
  const text = useMemo(() => visibleLines(prettyJson(json, { width: letters })), [json]);
  if (json === "") return <p class="muted">{none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard is to scroll it, too
    <pre class="details-value" tabIndex={0}>
      {text}
    </pre>
  );
}

/** Line ends are ours by now; what else is hidden is shown. */
function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function answerInWords({ letter }: OperationFacts): string {
  if (letter === "o") return "the same";
  return letter === "f" ? "no, with an error" : "nothing that anybody knows";
}

function Findings({ findings }: { findings: readonly NamingFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <>
      <h4>Named by a check</h4>
      <ul class="details-findings">
        {findings.slice(0, mostFindings).map(({ check, finding }) => (
          <li key={`${check} ${finding.slice(0, 200)}`}>
            <strong>{check}</strong>: {visible(shortened(finding, 600))}
          </li>
        ))}
        {findings.length > mostFindings && <li class="muted">and {findings.length - mostFindings} more</li>}
      </ul>
    </>
  );
}

/** Made when it is asked for the first time, and then kept. */
function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
