/** Reads EDN, the notation of Clojure data: histories that other tools have written. What writes it is in `edn.ts`. */
import { Keyword } from "./edn.ts";
import { toNumber } from "./edn-reader-number.ts";

/** A name that is no keyword, such as `foo` or `knossos.op/map`. */
export class EdnSymbol {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** A value with a tag before it, such as `#inst "2014-01-01"` or `#jepsen.history.Op{…}`. */
export class Tagged {
  readonly tag: string;
  readonly value: unknown;

  constructor(tag: string, value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

/** A text is no EDN; the message says what is wrong and where. */
export class EdnError extends Error {
  readonly line: number;
  readonly column: number;

  /** Lines and columns count from 1. */
  constructor(reason: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.name = "EdnError";
    this.line = line;
    this.column = column;
  }
}

/**
 * The values that a text holds, one after the other: null, booleans, numbers (bigint if they are too large to be exact,
 * a quotient for ratios), strings (also for characters), `Keyword`, `EdnSymbol`, arrays (for lists and vectors), Map, Set and `Tagged`.
 *
 * @throws {EdnError} where the text is no EDN, and no other error
 */
export function* readEdn(text: string): IterableIterator<unknown> {
  const reader = new Reader(text);
  for (let value = reader.next(); value !== undefined; value = reader.next()) yield value.value;
}

/** A collection whose end was not read yet, or a tag or `#_` whose value was not. */
interface Open {
  readonly kind: "list" | "vector" | "map" | "set" | "discard" | "tag";
  readonly tag: string;
  readonly items: unknown[];
  readonly at: number;
}

/** Levels of collections at most: reading has no need of a limit, but whoever works with what was read may. */
const maxDepth = 1000;

const space = /[\s,]+/y;
const comment = /(?:;|#!)[^\n]*/y;
const atom = /[^\s,"()[\]{};\\]+/y;
const stringParts = /[^"\\]+/y;
const character = /\\(?:newline|return|space|tab|formfeed|backspace|u[0-9A-Fa-f]{4}|o[0-3]?[0-7]{1,2}|.)/suy;
const code = /u[0-9A-Fa-f]{4}|[0-3]?[0-7]{1,2}/y;
const beginsLikeNumber = /^[+-]?\d/;

const escapes: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  '"': '"',
  "\\": "\\",
  "'": "'",
};
const symbolic: ReadonlyMap<string, number> = new Map([
  ["NaN", Number.NaN],
  ["Inf", Number.POSITIVE_INFINITY],
  ["-Inf", Number.NEGATIVE_INFINITY],
]);
const characters: Readonly<Record<string, string>> = {
  newline: "\n",
  return: "\r",
  space: " ",
  tab: "\t",
  formfeed: "\f",
  backspace: "\b",
};
const closers: Readonly<Record<string, readonly Open["kind"][]>> = {
  ")": ["list"],
  "]": ["vector"],
  "}": ["map", "set"],
};

class Reader {
  readonly #text: string;
  readonly #keywords = new Map<string, Keyword>();
  #at = 0;
  readonly #open: Open[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** The next value, or undefined when there is none. */
  next(): { readonly value: unknown } | undefined {
    for (;;) {
      this.#skip();
      if (this.#at >= this.#text.length) break;
      const read = this.#read();
      if (read === undefined) continue;
      const whole = this.#put(read.value);
      if (whole !== undefined) return whole;
    }
    const last = this.#open.at(-1);
    if (last !== undefined) this.#fail(`the text ends within a ${last.kind}`, last.at);
    return undefined;
  }

  #skip(): void {
    while (this.#match(space) !== undefined || this.#match(comment) !== undefined);
  }

  /** Reads something at the present place: a value, or the beginning of one. */
  #read(): { readonly value: unknown } | undefined {
    const at = this.#at;
    const next = this.#text[at] ?? "";
    switch (next) {
      case "(":
        return this.#begin("list", 1);
      case "[":
        return this.#begin("vector", 1);
      case "{":
        return this.#begin("map", 1);
      case ")":
      case "]":
      case "}":
        return this.#end(next);
      case '"':
        return { value: this.#string() };
      case "\\":
        return { value: this.#character() };
      case "#":
        return this.#dispatch();
      case "^":
        this.#fail("metadata is no EDN", at);
    }
    const name = this.#match(atom);
    if (name === undefined) this.#fail(`${JSON.stringify(next)} has no place here`, at);
    return { value: this.#atom(name, at) };
  }

  #begin(kind: Open["kind"], length: number, tag = "", at = this.#at): undefined {
    if (this.#open.length === maxDepth) this.#fail(`this is nested more than ${maxDepth} levels deep`, at);
    this.#open.push({ kind, tag, items: [], at });
    this.#at += length;
  }

  #dispatch(): { readonly value: unknown } | undefined {
    const at = this.#at;
    const next = this.#text[at + 1];
    if (next === "{") return this.#begin("set", 2);
    if (next === "_") return this.#begin("discard", 2);
    if (next === "#") {
      this.#at += 2;
      const name = this.#match(atom);
      const value = symbolic.get(name ?? "");
      if (value === undefined) this.#fail("there is no such symbolic value", at);
      return { value };
    }
    this.#at++;
    const tag = this.#match(atom);
    if (tag === undefined) this.#fail("a # without a tag", at);
    return this.#begin("tag", 0, tag, at);
  }

  #end(closer: string): { readonly value: unknown } {
    const open = this.#open.pop();
    if (open === undefined) this.#fail(`${closer} closes nothing`, this.#at);
    if (!closers[closer]?.includes(open.kind)) this.#fail(`${closer} closes a ${open.kind}`, this.#at);
    this.#at++;
    const { kind, items } = open;
    if (kind === "set") return { value: new Set(items) };
    if (kind !== "map") return { value: items };
    if (items.length % 2 === 1) this.#fail("a map has a key without a value", open.at);
    const map = new Map<unknown, unknown>();
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
    return { value: map };
  }

  /** Puts a value where it belongs. Returns it if it belongs nowhere, because it is a whole one. */
  #put(value: unknown): { readonly value: unknown } | undefined {
    let whole = value;
    for (;;) {
      const open = this.#open.at(-1);
      if (open === undefined) return { value: whole };
      if (open.kind !== "discard" && open.kind !== "tag") {
        open.items.push(whole);
        return undefined;
      }
      this.#open.pop();
      if (open.kind === "discard") return undefined;
      whole = new Tagged(open.tag, whole);
    }
  }

  #string(): string {
    const from = this.#at++;
    let text = "";
    for (;;) {
      text += this.#match(stringParts) ?? "";
      const next = this.#text[this.#at++];
      if (next === '"') return text;
      if (next === undefined) this.#fail("the text ends within a string", from);
      text += this.#escape();
    }
  }

  /** What a backslash in a string, and what follows it, stand for. */
  #escape(): string {
    const at = this.#at;
    const numeric = this.#match(code);
    if (numeric !== undefined) return fromCode(numeric);
    const next = this.#text[this.#at++] ?? "";
    const escaped = Object.hasOwn(escapes, next) ? escapes[next] : undefined;
    if (escaped === undefined) this.#fail(`there is no escape \\${next}`, at - 1);
    return escaped;
  }

  #character(): string {
    const at = this.#at;
    const name = this.#match(character)?.slice(1);
    if (name === undefined) this.#fail("a backslash without a character", at);
    if (Object.hasOwn(characters, name)) return characters[name] ?? "";
    if ([...name].length === 1) return name;
    return fromCode(name.startsWith("o") ? name.slice(1) : name);
  }

  #atom(name: string, at: number): unknown {
    if (name === "nil") return null;
    if (name === "true" || name === "false") return name === "true";
    if (name.startsWith(":")) return this.#keyword(name, at);
    if (!beginsLikeNumber.test(name)) return new EdnSymbol(name);
    const number = toNumber(name);
    if (number === undefined) this.#fail(`${name.slice(0, 40)} is no number`, at);
    return number;
  }

  #keyword(name: string, at: number): Keyword {
    const text = name.replace(/^::?/, "");
    if (text === "") this.#fail("a colon without a name", at);
    let keyword = this.#keywords.get(text);
    if (keyword === undefined) {
      keyword = new Keyword(text);
      this.#keywords.set(text, keyword);
    }
    return keyword;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [match] = pattern.exec(this.#text) ?? [];
    if (match !== undefined) this.#at += match.length;
    return match;
  }

  #fail(reason: string, at: number): never {
    const before = this.#text.slice(0, at).split("\n");
    throw new EdnError(reason, before.length, (before.at(-1) ?? "").length + 1);
  }
}

function fromCode(digits: string): string {
  return String.fromCharCode(digits.startsWith("u") ? Number(`0x${digits.slice(1)}`) : Number(`0o${digits}`));
}
