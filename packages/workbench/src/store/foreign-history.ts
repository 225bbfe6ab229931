/** Histories from anywhere: our own `history.jsonl`, Jepsen's `history.edn`, and logs with operations in them. */
import { readFileSync } from "node:fs";
import type { Operation } from "../history/operation.ts";
import { readHistory } from "./history-files.ts";
import { readJepsenHistory } from "./jepsen-history.ts";
import { looksLikeLog, readJepsenLog } from "./jepsen-log.ts";
import { UnreadableFile } from "./json-lines.ts";

/** How a history is written down. */
export type HistoryFormat = "jsonl" | "edn" | "log";

/**
 * Reads the operations of a file in any of these formats.
 *
 * @throws {UnreadableFile} when it cannot be read, or holds no history
 */
export function readForeignHistory(path: string): Operation[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new UnreadableFile(path, error instanceof Error ? error.message : String(error));
  }
  switch (formatOf(path, text)) {
    case "jsonl":
      return [...readHistory(path)];
    case "log":
      return readJepsenLog(text);
    case "edn":
      return readJepsenHistory(path, text);
    case undefined:
      throw new UnreadableFile(
        path,
        "it is no history: neither JSON lines, nor EDN as Jepsen writes it, nor a log with operations",
      );
  }
}

/** The format of a history; where the name of the file does not tell, by what it begins with. */
export function formatOf(path: string, text: string): HistoryFormat | undefined {
  if (path.endsWith(".jsonl")) return "jsonl";
  if (path.endsWith(".edn")) return "edn";
  if (path.endsWith(".log") && looksLikeLog(text)) return "log";
  const start = /^(?:[\s,]|;[^\n]*\n)*([^\s,].?.?)/s.exec(text.slice(0, 65_536))?.[1] ?? "";
  if (start.startsWith('{"')) return "jsonl";
  if (/^[[({]|^#[\w_]/.test(start)) return "edn";
  return looksLikeLog(text) ? "log" : undefined;
}
