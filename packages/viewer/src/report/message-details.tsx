/** The selected message in full, with the operation that it belongs to. */
import type { RunData } from "@eddy/workbench/pictures";
import { messageFacts } from "./message-facts.ts";
import { DetailsTitle, Value } from "./operation-details.tsx";
import { lengthText, timeText } from "./time-text.ts";
import type { View } from "./view.ts";

export function MessageDetails({ view, row }: { view: View; row: number }) {
  const facts = messageFacts(view.run, row);
  if (!facts) return null;
  const { id, type, src, dest, sent, ended, took, fate, msgId, inReplyTo } = facts;
  const operation = operationOf(view.run, id);
  return (
    <section class="operation-details" data-message={id} aria-label="The selected message">
      <DetailsTitle view={view}>
        {type} <span class="muted">message {id}</span>
      </DetailsTitle>
      <dl class="details-facts">
        <dt>from</dt>
        <dd>{src}</dd>
        <dt>to</dt>
        <dd>{dest}</dd>
        <dt>sent</dt>
        <dd>{timeText(sent, 1e3)}</dd>
        <dt>{took === undefined ? "became" : "arrived"}</dt>
        <dd>
          {took === undefined ? fate : ""}
          {ended !== undefined && `${took === undefined ? ", " : ""}${timeText(ended, 1e3)}`}
        </dd>
        {took !== undefined && (
          <>
            <dt>took</dt>
            <dd>{lengthText(took)}</dd>
          </>
        )}
        {msgId !== undefined && (
          <>
            <dt>msg_id</dt>
            <dd>{msgId}</dd>
          </>
        )}
        {inReplyTo !== undefined && (
          <>
            <dt>in_reply_to</dt>
            <dd>{inReplyTo}</dd>
          </>
        )}
      </dl>
      <h4>Body</h4>
      <Value json={facts.body} none="empty" />
      {operation !== undefined && (
        <p>
          <button
            type="button"
            class="button"
            onClick={() => view.reveal({ kind: "operation", row: operation })}
          >
            Show the operation
          </button>
        </p>
      )}
    </section>
  );
}

/** The row of the operation that a message belongs to. */
function operationOf({ operations: { messages } }: RunData, id: number): number | undefined {
  const row = messages.findIndex((ids) => ids.includes(id));
  return row < 0 ? undefined : row;
}
