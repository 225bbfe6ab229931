/** What is selected, in a sentence: for those who hear the page. */
import { type RunData, shortened, visible } from "@eddy/workbench/pictures";
import { lengthText, timeText } from "./time-text.ts";
import type { Selection } from "./view.ts";
import { endings, fates } from "./words.ts";

/** Letters of a value or a body. */
const longest = 120;

export function selectionText(run: RunData, { kind, row }: Selection): string {
  return kind === "operation" ? operationText(run, row) : messageText(run, row);
}

function operationText({ operations, nodes }: RunData, row: number): string {
  const { functions, f, process, node, start, end, ending, asked } = operations;
  const [began = 0, ended = -1] = [start[row], end[row]];
  const where = nodes[node[row] ?? -1];
  return [
    `${functions[f[row] ?? -1] ?? "operation"} ${cut(asked[row] ?? "")}`.trim(),
    `process ${process[row] ?? "?"}${where === undefined ? "" : ` on ${where}`}`,
    endings[ending[row] ?? "?"] ?? "no end",
    `at ${timeText(began, 1e6)}${ended < 0 ? "" : `, took ${lengthText(ended - began)}`}`,
  ].join(", ");
}

function messageText({ messages }: RunData, row: number): string {
  const { names, types, id, src, dest, type, sent, fate, body } = messages;
  const name = (place: number | undefined): string => names[place ?? -1] ?? "?";
  return [
    `message ${id[row] ?? "?"}: ${types[type[row] ?? -1] || "no type"}`,
    `from ${name(src[row])} to ${name(dest[row])}`,
    fates[fate[row] ?? ""] ?? "nobody knows what became of it",
    `sent at ${timeText(sent[row] ?? 0, 1e6)}`,
    cut(body[row] ?? ""),
  ].join(", ");
}

const cut = (text: string): string => visible(shortened(text, longest));
