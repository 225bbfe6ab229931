/** JSON with line ends, as text: no number loses a digit, and what was cut off is shown as far as it goes. */

export interface Layout {
  /** What fits into so many letters stays on one line. */
  readonly width?: number;
  /** Letters of the whole; what comes after them is cut off. */
  readonly longest?: number;
}

/** Levels that are shown by indentation; what is deeper is not indented farther. */
const deepest = 24;

/** A text that is no JSON comes out as it is, or with line ends after what looks like JSON; nothing throws. */
export function prettyJson(json: string, { width = 72, longest = 100_000 }: Layout = {}): string {
  const text = json.length > longest ? `${json.slice(0, longest).toWellFormed()}…` : json;
  const ends = endsOf(text);
  /** What is open, from the outermost inwards. */
  const open: string[] = [];
  let pretty = "";
  let lineStart = 0;
  const newLine = (): void => {
    lineStart = pretty.length + 1;
    pretty += `\n${"  ".repeat(Math.min(open.length, deepest))}`;
  };
  /** Numbers and texts in an array share a line as far as it goes. */
  const shares = (next: number): boolean => {
    if (open.at(-1) !== "[") return false;
    const end = scalarEnd(text, next);
    return end !== undefined && pretty.length - lineStart + 1 + end - next < width;
  };
  for (let i = 0; i < text.length; ) {
    const letter = text.charAt(i);
    const end = ends.get(i);
    if (letter === '"') {
      const after = stringEnd(text, i);
      pretty += text.slice(i, after);
      i = after;
    } else if (end !== undefined && end - i <= width) {
      pretty += inOneLine(text.slice(i, end));
      i = end;
    } else {
      i++;
      if (letter === "{" || letter === "[") {
        pretty += letter;
        open.push(letter);
        newLine();
      } else if (letter === "}" || letter === "]") {
        open.pop();
        newLine();
        pretty += letter;
      } else if (letter === ",") {
        pretty += letter;
        if (shares(i)) pretty += " ";
        else newLine();
      } else if (letter === ":") pretty += ": ";
      // Those between values, for strings were taken as a whole.
      else if (!/\s/.test(letter)) pretty += letter;
    }
  }
  return pretty;
}

/** The place after a value that is neither array nor object; undefined when another one begins here. */
function scalarEnd(text: string, begin: number): number | undefined {
  if (text[begin] === '"') return stringEnd(text, begin);
  scalar.lastIndex = begin;
  return scalar.test(text) ? scalar.lastIndex : undefined;
}

const scalar = /[^\s{}[\],:"]+/y;

/** Where each array or object that ends does so, by where it begins. */
function endsOf(text: string): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  for (let i = 0; i < text.length; ) {
    const letter = text.charAt(i);
    if (letter === '"') {
      i = stringEnd(text, i);
      continue;
    }
    i++;
    if (letter === "{" || letter === "[") open.push(i - 1);
    else if (letter === "}" || letter === "]") {
      const begin = open.pop();
      if (begin !== undefined) ends.set(begin, i);
    }
  }
  return ends;
}

/** The place after the string that begins here; the end of the text when it does not end. */
function stringEnd(text: string, begin: number): number {
  for (let i = begin + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** `{"a":1,"b":[1,2]}` with spaces as people write them. */
function inOneLine(text: string): string {
  let line = "";
  for (let i = 0; i < text.length; ) {
    const letter = text.charAt(i);
    if (letter === '"') {
      const after = stringEnd(text, i);
      line += text.slice(i, after);
      i = after;
      continue;
    }
    i++;
    if (letter === "," || letter === ":") line += `${letter} `;
    else if (!/\s/.test(letter)) line += letter;
  }
  return line;
}
