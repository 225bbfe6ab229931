/** What one request set off, step by step: who sent what to whom, when, and how sure it is that it was because of that. */
import {
  bodyText,
  costOf,
  fateText,
  isLost,
  type RunData,
  type Span,
  type Step,
  shortened,
  typeText,
  visible,
} from "@eddy/workbench/pictures";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { count } from "../app/format.ts";
import { costText } from "./cost-text.ts";
import type { MessageModel, Way } from "./message-model.ts";
import { knownOf } from "./message-model.ts";
import { lengthText } from "./time-text.ts";
import type { Selection, View } from "./view.ts";

/** Steps that are listed before somebody asks for more, and how many come with each asking. */
const [first, further] = [20, 100];

export function Follow({ model }: { model: MessageModel }) {
  const { view, onlyWay } = model;
  const selection = view.selected.value;
  if (!selection)
    return (
      <p class="follow-hint muted">
        Select a message, or an operation in the timeline, to follow it through the cluster.
      </p>
    );
  const way = model.way.value;
  if (!way) return <p class="follow-hint muted">{whyNone(view.run, selection)}</p>;
  const cost = costOf(view.run.messages, way.followed);
  return (
    <section class="follow panel" aria-label="What it set off" data-messages={cost.messages}>
      <header class="follow-title">
        <h4>{title(view.run, selection)}</h4>
        <p class="follow-cost">{costText(cost, { of: selection.kind, cut: way.followed.cut })}</p>
        <p class="follow-buttons">
          <button
            type="button"
            class="button"
            aria-pressed={onlyWay.value}
            onClick={() => {
              onlyWay.value = !onlyWay.value;
            }}
          >
            Only these messages
          </button>
          <button type="button" class="button" onClick={() => view.show(around(view.run, way))}>
            Zoom to them
          </button>
        </p>
      </header>
      {way.before.length > 0 && <Before model={model} way={way} />}
      <Steps key={`${selection.kind} ${selection.row}`} model={model} way={way} />
      {(cost.likely > 0 || cost.late > 0) && (
        <p class="follow-note muted">
          What is solid is certain: a reply says which request it answers. What is dotted is likely: the
          message was the next that its sender sent after what it had received last; but a timer, or a handler
          that takes its time, may have sent it, too.
        </p>
      )}
    </section>
  );
}

function title({ operations, messages }: RunData, { kind, row }: Selection): string {
  if (kind === "message") return `What message ${messages.id[row]} set off`;
  const f = visible(shortened(operations.functions[operations.f[row] ?? -1] ?? "operation", 40));
  return `What this ${f} set off`;
}

function whyNone({ operations, messages }: RunData, { kind, row }: Selection): string {
  const ids = kind === "operation" ? (operations.messages[row] ?? []) : [];
  if (ids.length === 0) return "This operation sent no message, as far as the history says.";
  return `Its ${ids.length === 1 ? "message is" : "messages are"} not in this file, which holds ${count(messages.id.length)} of ${count(messages.total)}.`;
}

/** The time of all that is on the way, but for what is late, and some around it. */
function around({ messages }: RunData, { sure }: Way): Span {
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const [row, sureness] of sure) {
    if (sureness === "late") continue;
    const sent = messages.sent[row] ?? 0;
    from = Math.min(from, sent);
    to = Math.max(to, sent, messages.arrived[row] ?? -1);
  }
  const margin = Math.max((to - from) * 0.15, 2_000);
  return { from: from - margin, to: to + margin };
}

/** What led to a message that is selected, and what had waited for it. */
function Before({ model: { view }, way }: { model: MessageModel; way: Way }) {
  const { causes } = knownOf(view.run);
  const links = way.before.slice(-mostBefore);
  return (
    <p class="follow-before">
      It was set off by{" "}
      {way.before.length > links.length && <>{count(way.before.length - links.length)} others, then </>}
      {links.map((row, i) => (
        <span key={row}>
          {i > 0 && (causes.exact[row] ? " → " : " ⇢ ")}
          <MessageLink view={view} row={row} />
        </span>
      ))}
      {way.replies.length > 0 && (
        <>
          ; when it had arrived, the reply was sent: <MessageLink view={view} row={way.replies[0] ?? -1} />
        </>
      )}
      .
    </p>
  );
}

function MessageLink({ view, row }: { view: View; row: number }) {
  const { messages } = view.run;
  return (
    <button type="button" class="link" onClick={() => view.select({ kind: "message", row })}>
      {typeText(messages, row)} <span class="muted">({messages.id[row]})</span>
    </button>
  );
}

const mostBefore = 8;

function Steps({ model, way }: { model: MessageModel; way: Way }) {
  const shown = useSignal(first);
  const { steps, cut } = way.followed;
  const start = model.view.run.messages.sent[steps[0]?.row ?? -1] ?? 0;
  const more = steps.length - shown.value;
  return (
    <>
      <div class="follow-scroll">
        <table class="table follow-steps">
          <thead>
            <tr>
              <th scope="col">after</th>
              <th scope="col">from → to</th>
              <th scope="col">message</th>
              <th scope="col">on its way</th>
              <th scope="col">followed</th>
            </tr>
          </thead>
          <tbody>
            {steps.slice(0, shown.value).map((step, i) => (
              <StepRow key={i} model={model} step={step} start={start} />
            ))}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <button
          type="button"
          class="button"
          onClick={() => {
            shown.value += further;
          }}
        >
          Show {more > further ? `${further} of ${count(more)} more` : `${count(more)} more`}
        </button>
      )}
      {more <= 0 && cut && <p class="muted">There are more: these are the first {count(steps.length)}.</p>}
    </>
  );
}

const sureWords = { exact: "certainly", likely: "probably", late: "maybe" } as const;

function StepRow({ model, step, start }: { model: MessageModel; step: Step; start: number }) {
  const { view } = model;
  const { messages } = view.run;
  const { row, depth, sure } = step;
  const text = useMemo(() => bodyText(messages, row, 160), [messages, row]);
  const name = (index: number | undefined): string =>
    visible(shortened(messages.names[index ?? -1] ?? "?", 24));
  const [sent = 0, arrived = -1] = [messages.sent[row], messages.arrived[row]];
  const selected = view.selected.value;
  const current = selected?.kind === "message" && selected.row === row;
  return (
    <tr
      data-sure={sure ?? "root"}
      aria-current={current ? "true" : undefined}
      onPointerEnter={() => {
        model.cursor.value = row;
      }}
      onPointerLeave={() => {
        model.cursor.value = undefined;
      }}
    >
      <td class="follow-time">{lengthText(sent - start)}</td>
      <td class="follow-way">
        {name(messages.src[row])} <span aria-hidden="true">→</span>
        <span class="visually-hidden">to</span> {name(messages.dest[row])}
      </td>
      <td>
        <span class="follow-branch" style={{ paddingInlineStart: `${Math.min(depth, deepest) * 14}px` }}>
          <button
            type="button"
            class="link"
            title={`Select message ${messages.id[row]}`}
            onClick={() => view.select({ kind: "message", row })}
          >
            {typeText(messages, row)}
          </button>{" "}
          <code>{text}</code>
        </span>
      </td>
      <td class="follow-time">
        {isLost(messages.fate[row]) || messages.fate[row] === "u" ? (
          <span class="follow-lost">{fateText(messages.fate[row])}</span>
        ) : (
          lengthText(arrived - sent)
        )}
      </td>
      <td>
        {sure && (
          <span class="sureness" data-sure={sure}>
            {sureWords[sure]}
          </span>
        )}
      </td>
    </tr>
  );
}

/** Levels that are shown by indentation. */
const deepest = 8;
