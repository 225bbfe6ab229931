/** From the words of a command line to values: each reader takes one word, or says what it should have been. */
import { InvalidArgumentError } from "commander";

interface Bounds {
  readonly min?: number;
  /** Excluded itself. */
  readonly above?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

/** Reads a number within bounds. */
export function number({ min = -Infinity, above = -Infinity, max = Infinity, whole = false }: Bounds) {
  return (word: string): number => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : Number.NaN;
    if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) {
      throw new InvalidArgumentError(whole ? "It must be a whole number." : "It must be a number.");
    }
    if (value < min) throw new InvalidArgumentError(`It must be ${min} or more.`);
    if (value <= above) throw new InvalidArgumentError(`It must be more than ${above}.`);
    if (value > max) throw new InvalidArgumentError(`It must be ${max} or less.`);
    return value;
  };
}

/** Reads names between commas; each must be one of those, if they are given. */
export function names(allowed?: readonly string[]) {
  return (word: string): string[] => {
    const list = word.split(",").map((name) => name.trim());
    for (const name of list) {
      if (name === "") throw new InvalidArgumentError("It must be names with commas between them.");
      if (allowed !== undefined && !allowed.includes(name)) {
        throw new InvalidArgumentError(`There is no ${name}; there is ${allowed.join(", ")}.`);
      }
    }
    return list;
  };
}

/** Reads `total` or a number from 0 to 1. */
export function availability(word: string): "total" | number {
  if (word === "total") return word;
  try {
    return number({ min: 0, max: 1 })(word);
  } catch {
    throw new InvalidArgumentError("It must be total, or a number from 0 to 1.");
  }
}

/** How many workers there are, as a number or for each node. */
export interface Concurrency {
  readonly factor: number;
  readonly perNode: boolean;
}

/** Reads `10`, or `4n` for four times the number of nodes. */
export function concurrency(word: string): Concurrency {
  const match = /^0*([1-9]\d{0,5})(n?)$/.exec(word);
  if (match === null) {
    throw new InvalidArgumentError(
      "It must be a whole number above 0, or one with an n behind it: 4n is four for each node.",
    );
  }
  return { factor: Number(match[1]), perNode: match[2] === "n" };
}
