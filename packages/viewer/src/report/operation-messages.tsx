/** The messages of an operation: which way each went and how long it took, and how long the node thought in between. */
import type { RunData } from "@eddy/workbench/pictures";
import { messageFacts } from "./message-facts.ts";
import type { OperationFacts } from "./operation-facts.ts";
import { lengthText } from "./time-text.ts";
import { shortest, spanOf, type View } from "./view.ts";

/** Messages that are listed. */
const most = 50;

export function OperationMessages(props: {
  readonly view: View;
  readonly facts: OperationFacts;
  /** Rows of the messages by their ids. */
  readonly rows: ReadonlyMap<number, readonly number[]>;
  /** Whether the request can be followed on this page. */
  readonly follow: boolean;
}) {
  const { view, facts, rows, follow } = props;
  const ids = facts.messages.slice(0, most);
  const more = facts.messages.length - ids.length;
  if (ids.length === 0) return null;
  return (
    <>
      <h4>Messages</h4>
      <ul class="details-messages">
        {ids.map((id) => (
          <li key={id}>
            <MessageLine view={view} id={id} row={rows.get(id)?.[0]} />
          </li>
        ))}
        {more > 0 && <li class="muted">and {more} more</li>}
      </ul>
      <Between run={view.run} ids={ids} rows={rows} />
      {follow && (
        <p>
          <button
            type="button"
            class="button"
            title="Show what this operation led to, among the messages"
            onClick={() => followRequest(view, facts.row)}
          >
            Follow this request
          </button>
        </p>
      )}
    </>
  );
}

function MessageLine({ view, id, row }: { view: View; id: number; row: number | undefined }) {
  const facts = row === undefined ? undefined : messageFacts(view.run, row);
  if (row === undefined || !facts) return <span class="muted">message {id}, which is not in this page</span>;
  return (
    <>
      <button
        type="button"
        class="link"
        data-selects="message"
        title="Show this message"
        onClick={() => view.reveal({ kind: "message", row })}
      >
        {id}
      </button>{" "}
      <span class="mono">{facts.type}</span> {facts.src} → {facts.dest},{" "}
      {facts.took === undefined ? facts.fate : lengthText(facts.took)}
    </>
  );
}

/** How long it took from when the request had arrived until the reply was sent. */
function Between({
  run,
  ids,
  rows,
}: {
  run: RunData;
  ids: readonly number[];
  rows: ReadonlyMap<number, readonly number[]>;
}) {
  const [request, reply] = [ids[0], ids.at(-1)].map((id) => rows.get(id ?? -1)?.[0] ?? -1);
  if (request === undefined || reply === undefined || request < 0 || reply < 0 || request === reply)
    return null;
  const arrived = run.messages.arrived[request] ?? -1;
  const sent = run.messages.sent[reply] ?? -1;
  if (run.messages.fate[request] !== "a" || arrived < 0 || sent < arrived) return null;
  return <p class="muted">Between request and reply the node took {lengthText(sent - arrived)}.</p>;
}

/** How much longer than the operation the window may be when its messages are to be told apart. */
const lost = 50;

/** The panel beside the messages follows what is selected: it comes into sight, and the window comes close enough. */
function followRequest(view: View, row: number): void {
  view.select({ kind: "operation", row });
  const span = spanOf(view.run, { kind: "operation", row });
  const { from, to } = view.window.peek();
  const length = Math.max(span ? span.to - span.from : 0, shortest);
  if (span && to - from > length * lost) view.show({ from: span.from - length, to: span.to + 2 * length });
  const section = document.querySelector('[data-section="space-time"]');
  if (!(section instanceof HTMLDetailsElement)) return;
  section.open = true;
  section.scrollIntoView({ block: "start" });
}
