/**
 * A run that travels inside its page (`report.html`, `timeline.html`): JSON, compressed with gzip, as base64 in an element
 * that the browser does not run.
 */
import type { RunData } from "@eddy/workbench/pictures";
import { runDataOf, UnreadableData } from "./run-shape.ts";

export interface Embedded {
  readonly view: "report" | "timeline";
  /** Unpacks it. @throws UnreadableData */
  readonly read: () => Promise<RunData>;
}

/** What the page carries; undefined when it is a page of `eddy serve`. */
export function embeddedRun(page: Document): Embedded | undefined {
  const element = page.getElementById("run");
  if (!element) return undefined;
  const view = element.dataset.view === "timeline" ? "timeline" : "report";
  return { view, read: () => unpacked(element.textContent ?? "") };
}

/** @throws UnreadableData */
export async function unpacked(base64: string): Promise<RunData> {
  if (base64.trim() === "") throw new UnreadableData("This page holds no run: the file seems to be cut off.");
  let value: unknown;
  try {
    const stream = new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
    value = await new Response(stream).json();
  } catch {
    throw new UnreadableData(
      "The data in this page cannot be unpacked: the file seems to be cut off or changed. Copy it again, or look at the run with `eddy serve`.",
    );
  }
  return runDataOf(value);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
