/** Operations in the log of a test by Jepsen, and in its `history.txt`: process, type, function and value, a line each. */
import type { Operation } from "../history/operation.ts";
import { EdnError, readEdn } from "./edn-reader.ts";
import { type ForeignEntry, toOperations, toPlain, toType } from "./jepsen-history.ts";

/** `PROCESS :TYPE :F VALUE`, at the start of a line or after what the logger wrote before it. */
const operation = /(?:^|\s-\s+|\s)(:?[\w-]+)\s+:(invoke|ok|fail|info)\s+:(\S+)(?:[ \t]+(.*))?$/;

/** Whether some line among the first ones looks like an operation. */
export function looksLikeLog(text: string): boolean {
  return text.split("\n", 1000).some((line) => operation.test(line.trimEnd()));
}

/** The operations of a log. Other lines are passed over, and what follows a value in its line. */
export function readJepsenLog(text: string): Operation[] {
  return toOperations(entries(text));
}

function* entries(text: string): IterableIterator<ForeignEntry> {
  for (const line of text.split("\n")) {
    const [, process = "", typeName, f = "", rest = ""] = operation.exec(line.trimEnd()) ?? [];
    const type = toType(typeName);
    if (type === undefined) continue;
    const name = process.replace(/^:/, "");
    yield { type, process: name === "nil" ? null : name, f, value: firstValue(rest) };
  }
}

/** The first value of a text; the text itself where that is none, such as words about an error. */
function firstValue(text: string): unknown {
  try {
    for (const value of readEdn(text)) return toPlain(value);
  } catch (error) {
    if (!(error instanceof EdnError)) throw error;
    return text;
  }
  return null;
}
