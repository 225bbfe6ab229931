/**
 * What clients and nodes said, as much of it as a page can carry: all texts together stay within a budget, and the longest are
 * cut off first.
 */
import { detached } from "../network/bytes.ts";

/** Characters of a text at most; those that matter most may have `longest` whatever the budget. */
export const longest = 2000;
const shortest = 24;

/** Cuts a text off after so many characters, and says so; never within a character that is two of JavaScript's. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const isHalf = isHighSurrogate(text.charCodeAt(length - 1)) && isLowSurrogate(text.charCodeAt(length));
  const beginning = text.slice(0, isHalf ? length - 1 : length);
  // What was cut out of a long text keeps all of that in memory.
  return `${text.length > 1000 ? detached(beginning) : beginning}…`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}

/** Texts that share a budget. Memory holds little more of them than it. */
export class Texts {
  readonly #budget: number;
  /** The first is the empty one, which many are. */
  readonly #all: string[] = [""];
  /** Those that are not cut for the sake of others. */
  readonly #important = new Set<number>();
  #characters = 0;
  /** What no text exceeds by now but important ones; it only ever gets less. */
  #limit = longest;

  /** @param budget characters of all texts together */
  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Takes a text in, and gives it a number; how much of it stays is known after `fit`. */
  add(text: string, important = false): number {
    if (text === "") return 0;
    const kept = cut(text, important ? longest : this.#limit);
    const number = this.#all.push(kept) - 1;
    if (important) this.#important.add(number);
    this.#characters += kept.length;
    if (this.#characters > 2 * this.#budget && this.#limit > shortest) this.fit();
    return number;
  }

  /** The text of that number, as much as is left of it. */
  text(number: number): string {
    return this.#all[number] ?? "";
  }

  /** Cuts what is too long. */
  fit(): void {
    this.#limit = Math.min(this.#limit, limitFor(this.#all, this.#budget));
    this.#characters = 0;
    for (const [number, text] of this.#all.entries()) {
      const kept = text.length <= this.#limit || this.#important.has(number) ? text : cut(text, this.#limit);
      this.#all[number] = kept;
      this.#characters += kept.length;
    }
  }
}

/** The most characters that each text may have so that all of them together have no more than `budget`. */
function limitFor(texts: readonly string[], budget: number): number {
  const count = new Uint32Array(longest + 2);
  for (const text of texts) {
    const length = Math.min(text.length, longest);
    count[length] = (count[length] ?? 0) + 1;
  }
  // With one character more, each text that is longer than that costs one more.
  let [total, longer] = [0, texts.length];
  for (let limit = 1; limit <= longest; limit++) {
    longer -= count[limit - 1] ?? 0;
    total += longer;
    if (total > budget) return Math.max(shortest, limit - 1);
  }
  return longest;
}

/** Any value as JSON, never failing: histories from elsewhere have integers of any size. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return jsonOfAnything(value);
  }
}

function jsonOfAnything(value: unknown): string {
  try {
    return JSON.stringify(value, (_, item) => (typeof item === "bigint" ? String(item) : item)) ?? "";
  } catch {
    return "";
  }
}
