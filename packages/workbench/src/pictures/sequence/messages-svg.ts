/** The messages of a run as a file: all of them, or the part that is most worth to be seen. */
import { second } from "../../time/clock.ts";
import { lowered } from "../lowered-pen.ts";
import type { Pen } from "../pen.ts";
import type { RunData } from "../run-data.ts";
import { svgFile } from "../svg-file.ts";
import { shortened, visible } from "../visible.ts";
import { arrowLook, drawSequence } from "./draw.ts";
import { layoutSequence, type SequenceArrow, type SequenceLayout } from "./layout.ts";
import { partOf, type ShownPart } from "./part.ts";

/** Messages that are drawn at most: more than these nobody scrolls through. */
const mostMessages = 1500;
/** Letters of a body that are told: fewer where they would make the file too large. */
const bodyLengths = [600, 200, 60, 0];
/** Letters of the file, which may take three bytes each. */
const mostLetters = 1_600_000;
/** px */
const [headHeight, left] = [86, 24];

export function messagesSvg(run: RunData): string {
  const part = partOf(run, mostMessages);
  let file = "";
  for (const length of bodyLengths) {
    file = draw(run, part, layoutSequence(part.rows, run, length));
    if (file.length <= mostLetters) break;
  }
  return file;
}

function draw(run: RunData, part: ShownPart, layout: SequenceLayout): string {
  const title = `${visible(shortened(run.workload, 60))}: messages`;
  const [description, more] = whatIsShown(run, part);
  const height = layout.height + headHeight;
  return svgFile({ width: layout.width, height, title, description: `${description} ${more}` }, (pen) => {
    pen.text(left, 26, title, { bold: true, size: 15 });
    pen.text(left, 45, description, { ink: "faint" });
    pen.text(left, 62, more, { ink: "faint" });
    drawLegend(pen, layout.arrows);
    if (layout.arrows.length > 0) drawSequence(lowered(pen, headHeight), layout);
  });
}

function whatIsShown({ messages }: RunData, { rows, named }: ShownPart): [string, string] {
  const order =
    "In the order of what happened: each event takes one step. Clients are at the left of their node. Point at an arrow to see the body.";
  if (rows.length === 0) return ["No message was sent.", ""];
  const shown = new Set(rows.map((row) => messages.id[row])).size;
  if (rows.length >= Math.max(messages.total, messages.id.length))
    return [`All ${count(shown)} messages.`, order];
  const at = (row: number | undefined): string =>
    `${((messages.sent[row ?? -1] ?? 0) / second).toFixed(3)} s`;
  const why = named === undefined ? "" : `, around message ${messages.id[named] ?? "?"}, which a check names`;
  const part = `${count(shown)} of ${count(messages.total)} messages, sent from ${at(rows[0])} to ${at(rows.at(-1))}${why}.`;
  return [part, `${order} report.html shows others, too.`];
}

function count(number: number): string {
  return number.toLocaleString("en");
}

/** px below the top, and that a character is wide, about */
const [legendTop, character] = [80, 6.4];

/** What the kinds of arrows mean that occur. */
function drawLegend(pen: Pen, arrows: readonly SequenceArrow[]): void {
  const kinds = [
    { text: "from or to a client", look: "client", fate: "arrived" },
    { text: "between servers", look: "server", fate: "arrived" },
    { text: "error", look: "error", fate: "arrived" },
    { text: "lost", look: "server", fate: "lost" },
    { text: "under way at the end", look: "server", fate: "under way" },
  ] as const;
  let x = left;
  for (const { text, ...kind } of kinds) {
    const occurs = arrows.some(({ look, fate }) =>
      kind.fate === "arrived" ? look === kind.look && fate === "arrived" : fate === kind.fate,
    );
    if (!occurs) continue;
    const { ink, style } = arrowLook(kind);
    pen.line([x, legendTop - 4, x + 26, legendTop - 4], ink, style);
    pen.text(x + 36, legendTop, text, { ink: "faint" });
    x += 56 + text.length * character;
  }
}
