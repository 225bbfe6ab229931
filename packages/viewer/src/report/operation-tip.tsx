/** What is told of an operation, or of a fault, while the pointer is on it. */
import { type FaultSpan, type RunData, shortened, visible } from "@eddy/workbench/pictures";
import { EndingMark } from "./ending-mark.tsx";
import { operationFacts, valueInLine } from "./operation-facts.ts";
import { lengthText, timeText } from "./time-text.ts";

/** Letters of a value */
const longest = 240;
/** Ids of messages */
const mostIds = 6;

export function OperationTip({ run, row }: { run: RunData; row: number }) {
  const facts = operationFacts(run, row);
  if (!facts) return null;
  const { f, asked, answered, error, letter, process, node, start, end, messages } = facts;
  const more = messages.length - mostIds;
  return (
    <div class="operation-tip">
      <p class="tip-title">
        <strong>{f}</strong> <code>{valueInLine(asked, longest)}</code>
      </p>
      {answered !== "" && (
        <p class="tip-answer">
          → <code>{valueInLine(answered, longest)}</code>
        </p>
      )}
      <p class="tip-ending">
        <EndingMark letter={letter} />
        {error !== "" && <span>: {valueInLine(error, longest)}</span>}
      </p>
      <p>
        process {process}
        {node !== undefined && <> on {node}</>}
      </p>
      <p>
        {timeText(start, 1e4)} {end === undefined ? "and no end" : <>– {timeText(end, 1e4)}</>}
        {end !== undefined && <strong> {lengthText(end - start)}</strong>}
      </p>
      {messages.length > 0 && (
        <p class="tip-messages">
          {messages.length === 1 ? "message " : "messages "}
          {messages.slice(0, mostIds).join(", ")}
          {more > 0 && ` and ${more} more`}
        </p>
      )}
    </div>
  );
}

export function FaultTip({ fault: { fault, from, to, text } }: { fault: FaultSpan }) {
  return (
    <div class="operation-tip">
      <p class="tip-title">
        <strong>{visible(fault)}</strong>
      </p>
      <p>{visible(shortened(text, 600))}</p>
      <p>
        {timeText(from, 1e6)} {to === undefined ? "until the end" : <>– {timeText(to, 1e6)}</>}
        {to !== undefined && <strong> {lengthText(to - from)}</strong>}
      </p>
    </div>
  );
}
