/** What pictures need of a whole history, however long it is: when operations began and ended, and what the nemesis did. */
import type { Operation } from "../history/operation.ts";
import { PointRecorder } from "../pictures/points.ts";
import type { LineReader } from "../store/line-reader.ts";
import { FaultRecorder } from "./fault-spans.ts";
import { historyHead, operationOf } from "./history-lines.ts";

/** Takes a history's entries as they come, and keeps a few numbers of each operation. */
export class WholeHistory {
  readonly points = new PointRecorder();
  readonly faults = new FaultRecorder();
  /** When the last entry was, ns. */
  #end = 0;

  /** Its value may be missing, unless it is one of the nemesis. */
  add(operation: Operation): void {
    this.points.add(operation);
    this.faults.add(operation);
    this.#end = operation.time;
  }

  get end(): number {
    return this.#end;
  }
}

/**
 * Goes through a stored history.
 *
 * @param path for the error
 * @throws {UnreadableFile}
 */
export function readWholeHistory(reader: LineReader, path: string): WholeHistory {
  const history = new WholeHistory();
  reader.seek(0);
  for (let line = reader.read(); line !== undefined; line = reader.read())
    history.add(historyHead(line) ?? operationOf(line, path, reader.start));
  return history;
}
