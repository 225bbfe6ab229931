/** EDN, the notation of Clojure data, in which the original workbench stores histories and results. */

/** A name like `:ok`. */
export class Keyword {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A number that EDN writes with a point even when it is whole: `1.0`. */
export class Float {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** Writes a value on one line. Keys of objects become keywords, as far as they can be written as such. */
export function toEdn(value: unknown): string {
  return layOut(value, Number.POSITIVE_INFINITY, 0);
}

/** Writes a value over as many lines as it needs to stay within 80 columns, for people. */
export function toPrettyEdn(value: unknown): string {
  return layOut(value, 80, 0);
}

function layOut(value: unknown, width: number, column: number): string {
  if (Array.isArray(value)) return bracket("[", value, "]", width, column, layOut);
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Float)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return bracket("{", entries, "}", width, column, ([key, item], entryWidth, at) => {
      const name = /^[A-Za-z_*!?<>=+.-][\w*!?<>=+.'#-]*$/.test(key) ? `:${key}` : string(key);
      return `${name} ${layOut(item, entryWidth, at + name.length + 1)}`;
    });
  }
  if (typeof value === "string") return string(value);
  if (value === undefined || value === null) return "nil";
  if (typeof value === "number" && !Number.isFinite(value)) return "nil";
  return String(value);
}

function bracket<T>(
  open: string,
  items: readonly T[],
  close: string,
  width: number,
  column: number,
  write: (item: T, width: number, column: number) => string,
): string {
  const separator = open === "{" ? ", " : " ";
  const flat = open + items.map((item) => write(item, Number.POSITIVE_INFINITY, 0)).join(separator) + close;
  if (column + flat.length <= width) return flat;
  const indent = " ".repeat(column + 1);
  const lines = items.map((item) => write(item, width, column + 1));
  return open + lines.join(`${separator.trimEnd()}\n${indent}`) + close;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

function string(text: string): string {
  return `"${text.replaceAll(/["\\\n\r\t]/g, (character) => escapes[character] ?? character)}"`;
}
