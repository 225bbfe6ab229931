/**
 * The fields of a JSON object, each value as it was written: for whoever passes a value on and must not change it, not
 * even an integer that a `number` cannot hold.
 */
import { fromBytes } from "./bytes.ts";

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The fields by their keys, each with the JSON of its value, without blanks around it. Takes the bytes of what is known to
 * be a JSON object. Of two fields with the same key the last one counts, as JSON.parse has it.
 */
export function jsonFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  let at = text.indexOf("{") + 1;
  for (;;) {
    const keyStart = text.indexOf('"', at);
    if (keyStart === -1) return fields;
    const keyEnd = endOfString(text, keyStart);
    const valueStart = text.indexOf(":", keyEnd) + 1;
    // Only what is no JSON has none; even that must come to an end.
    if (valueStart === 0) return fields;
    at = endOfValue(text, valueStart);
    fields.set(keyOf(text.slice(keyStart, keyEnd)), text.slice(valueStart, at).trim());
  }
}

/** The index after the JSON string whose opening quote stands at `start`. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes++;
    if (backslashes % 2 === 0) return end + 1;
  }
  return text.length;
}

/** A key without its quotes; it may be written with escapes: "b\u006fdy" is a body too. */
function keyOf(json: string): string {
  return /[\\\x80-\xff]/.test(json) ? JSON.parse(fromBytes(json)) : json.slice(1, -1);
}

/** The index of the comma or brace that ends the value which begins at or after `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfString(text, at) - 1;
    else if (code === openBrace || code === openBracket) depth++;
    else if (depth === 0 && (code === comma || code === closeBrace)) return at;
    else if (code === closeBrace || code === closeBracket) depth--;
  }
  return text.length;
}
