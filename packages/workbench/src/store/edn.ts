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

/** Writes a value on one line. Keys of objects become keywords, as far as they can be written as such; those of a Map stay what they are. */
export function toEdn(value: unknown): string {
  if (typeof value === "string") return string(value);
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "nil";
  if (value === undefined || value === null) return "nil";
  if (typeof value !== "object") return String(value);
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Float)
    return Number.isInteger(value.value) ? value.value.toFixed(1) : String(value.value);
  // Without any list in between: the value may be as large as a line of a node.
  let edn = "";
  if (Array.isArray(value)) {
    for (const item of value) edn += edn === "" ? toEdn(item) : ` ${toEdn(item)}`;
    return `[${edn}]`;
  }
  const { open, items, close } = partsOf(value);
  const separator = separatorOf(open);
  for (const [key, item] of items) edn += `${edn === "" ? "" : separator}${key}${toEdn(item)}`;
  return open + edn + close;
}

/** Writes a value over as many lines as it needs to stay within 80 columns, for people. */
export function toPrettyEdn(value: unknown): string {
  return layOut(value, 80, 0);
}

function layOut(value: unknown, width: number, column: number): string {
  const flat = toEdn(value);
  if (column + flat.length <= width || typeof value !== "object" || value === null) return flat;
  if (value instanceof Keyword || value instanceof Float) return flat;
  const { open, items, close } = partsOf(value);
  const start = column + open.length;
  const lines = items.map(([key, item]) => key + layOut(item, width, start + key.length));
  return open + lines.join(`${separatorOf(open).trimEnd()}\n${" ".repeat(start)}`) + close;
}

/** A collection between its brackets; each item with what stands before it, which is its key, if it has one. */
interface Parts {
  readonly open: string;
  readonly items: readonly (readonly [key: string, item: unknown])[];
  readonly close: string;
}

function partsOf(value: object): Parts {
  if (Array.isArray(value)) return { open: "[", items: value.map((item) => ["", item]), close: "]" };
  if (value instanceof Set) return { open: "#{", items: [...value].map((item) => ["", item]), close: "}" };
  if (value instanceof Map)
    return { open: "{", items: [...value].map(([key, item]) => [`${toEdn(key)} `, item]), close: "}" };
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return { open: "{", items: entries.map(([key, item]) => [`${keyOf(key)} `, item]), close: "}" };
}

function separatorOf(open: string): string {
  return open === "{" ? ", " : " ";
}

const keyword = /^[A-Za-z_*!?<>=+.-][\w*!?<>=+.'#-]*$/;

function keyOf(key: string): string {
  return keyword.test(key) ? `:${key}` : string(key);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

const toEscape = /["\\\n\r\t]/;

function string(text: string): string {
  if (!toEscape.test(text)) return `"${text}"`;
  return `"${text.replaceAll(/["\\\n\r\t]/g, (character) => escapes[character] ?? character)}"`;
}
