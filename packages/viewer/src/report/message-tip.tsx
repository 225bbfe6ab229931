/** What is told of a message while the pointer is on it. */
import { fateText, type RunData, shortened, typeText, visible } from "@eddy/workbench/pictures";
import { knownOf } from "./message-model.ts";
import { prettyJson } from "./pretty-json.ts";
import { lengthText, timeText } from "./time-text.ts";

/** Letters and lines of a body */
const longest = 900;
const mostLines = 14;

export function MessageTip({ run, row }: { run: RunData; row: number }) {
  const { messages } = run;
  const { names, src, dest, sent, arrived, fate, id, body } = messages;
  const name = (index: number | undefined): string => visible(shortened(names[index ?? -1] ?? "?", 40));
  const [start = 0, end = -1] = [sent[row], arrived[row]];
  return (
    <div class="message-tip">
      <p class="tip-title">
        <strong>{typeText(messages, row)}</strong>{" "}
        <span>
          {name(src[row])} → {name(dest[row])}
        </span>{" "}
        <span class="muted">message {id[row]}</span>
      </p>
      <p>
        sent at {timeText(start, 1e4)}, {fateText(fate[row])}
        {end >= 0 && (
          <>
            {" "}
            after <strong>{lengthText(end - start)}</strong>
          </>
        )}
      </p>
      <Cause run={run} row={row} />
      <pre class="message-body">{bodyLines(body[row] ?? "")}</pre>
    </div>
  );
}

/** What it answers, or what probably set it off. */
function Cause({ run, row }: { run: RunData; row: number }) {
  const { messages } = run;
  const { causes } = knownOf(run);
  const cause = causes.cause[row] ?? -1;
  const answers = messages.inReplyTo[row] ?? -1;
  if (cause < 0) {
    return answers < 0 ? null : <p class="muted">It answers request {answers}, which is not in this file.</p>;
  }
  const what = `message ${messages.id[cause]}, ${typeText(messages, cause)}`;
  if (causes.exact[row]) {
    return <p>{answers < 0 ? `It is ${what}, handed on.` : `It answers ${what}.`}</p>;
  }
  const after = (messages.sent[row] ?? 0) - (messages.arrived[cause] ?? 0);
  return (
    <p class="muted">
      {causes.late[row] ? "It may have been set off by" : "It was probably set off by"} {what},{" "}
      {lengthText(after)} before.
    </p>
  );
}

/** A body on several lines, cut where it is long. */
export function bodyLines(body: string): string {
  const lines = prettyJson(body, { width: 60, longest }).split("\n");
  const shown = lines.slice(0, mostLines).map(visible).join("\n");
  return lines.length > mostLines ? `${shown}\n…` : shown;
}
