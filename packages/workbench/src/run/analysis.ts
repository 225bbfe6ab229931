/** After a run: its history is read from the store once, written in the original's forms, judged, and taken down for pictures. */
import type { Operation } from "../history/operation.ts";
import { readHistory, toOriginalLines } from "../store/history-files.ts";
import { LineFile } from "../store/line-file.ts";
import type { RunFolder } from "../store/run-folder.ts";
import type { StoreError } from "../store/store-error.ts";
import { type Clock, sleep } from "../time/clock.ts";

/** Operations between two looks at whether something else is to be done, such as to end at once. */
const breath = 5000;

/** Takes a history, one entry after the other. */
export interface Reader {
  add(operation: Operation): void;
}

/**
 * Has the history judged, and written as text and as EDN.
 *
 * @param readers each is given all of it
 * @param failed is told when these files cannot be written; the history is judged nevertheless
 * @param progress is told now and then how many entries of the history have been judged
 * @throws {UnreadableFile} when the history cannot be read
 */
export async function analyse(
  folder: RunFolder,
  readers: readonly Reader[],
  clock: Clock,
  failed: (error: StoreError) => void,
  progress: (entries: number) => void,
): Promise<void> {
  const text = new LineFile(folder.file("history.txt"), clock, failed);
  const edn = new LineFile(folder.file("history.edn"), clock, failed);
  let entries = 0;
  for (const operation of readHistory(folder.file("history.jsonl"))) {
    for (const reader of readers) reader.add(operation);
    const lines = toOriginalLines(operation);
    text.write(lines.text);
    edn.write(lines.edn);
    if (++entries % breath !== 0) continue;
    progress(entries);
    await sleep(clock, 0);
  }
  text.close();
  edn.close();
}
