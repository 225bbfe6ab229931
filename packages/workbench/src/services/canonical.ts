/** When two JSON values are equal: a normal form, by which the key-value services find keys and compare values. */
import { fromBytes, toBytes } from "../network/bytes.ts";
import { endOfString } from "../network/json-fields.ts";

/** Whether two values, as JSON in bytes, are equal. */
export function sameValue(a: string, b: string): boolean {
  return a === b || canonical(a) === canonical(b);
}

/**
 * The normal form of a value: equal values have the same, others have not. Takes JSON as bytes, and gives bytes.
 *
 * Blanks, the order of an object's fields and the escapes in strings make no difference. Numbers are equal when they are
 * the same number, digit for digit: 1 and 1.0 are, 2^53 and 2^53 + 1 are not, though a `number` cannot tell them apart.
 */
export function canonical(json: string): string {
  const open: List[] = [];
  for (let at = 0; at < json.length; ) {
    const first = json.charAt(at);
    let end = at + 1;
    let form: string | undefined;
    if (first === "{" || first === "[") open.push(first === "{" ? new Fields() : new Items());
    else if (first === "}" || first === "]") form = open.pop()?.form();
    else if (first === '"') {
      end = endOfString(json, at);
      form = canonicalString(json.slice(at, end));
    } else if (!between.includes(first)) {
      while (end < json.length && !afterWord.includes(json.charAt(end))) end++;
      form = canonicalWord(json.slice(at, end));
    }
    at = end;
    if (form === undefined) continue;
    const parent = open.at(-1);
    if (parent === undefined) return form;
    parent.add(form);
  }
  throw new Error(`this is no JSON: ${json}`);
}

/** What stands between values. In JSON that is known to be right, it tells nothing that brackets do not tell. */
const between = " \t\r\n,:";
const afterWord = " \t\r\n,]}";

/** An array or object that has begun. These are kept here and not on the call stack, for which a value may be too deep. */
interface List {
  /** Takes the form of the next value in it; those of an object are a key and its value in turn. */
  add(form: string): void;
  form(): string;
}

class Items implements List {
  #forms = "";

  add(form: string): void {
    this.#forms += `${form},`;
  }

  form(): string {
    return `[${this.#forms}]`;
  }
}

class Fields implements List {
  readonly #fields = new Map<string, string>();
  #key: string | undefined;

  add(form: string): void {
    if (this.#key === undefined) {
      this.#key = form;
      return;
    }
    this.#fields.set(this.#key, form);
    this.#key = undefined;
  }

  form(): string {
    let forms = "";
    for (const [key, form] of [...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1)))
      forms += `${key}:${form},`;
    return `{${forms}}`;
  }
}

function canonicalString(json: string): string {
  // Without a backslash, there is only one way to write it.
  return json.includes("\\") ? toBytes(JSON.stringify(JSON.parse(fromBytes(json)))) : json;
}

function canonicalWord(json: string): string {
  return json === "true" || json === "false" || json === "null" ? json : canonicalNumber(json);
}

/** The form of a number: its digits, without zeros at either end, and the power of ten that they are times. */
function canonicalNumber(json: string): string {
  // Most numbers have that form.
  if (!json.endsWith("0") && !/[.eE]/.test(json)) return json;
  const [mantissa = "", exponent = "0"] = json.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const minus = whole.startsWith("-") ? "-" : "";
  const digits = whole.slice(minus.length) + fraction;
  let [start, end] = [0, digits.length];
  while (start < end && digits.charAt(start) === "0") start++;
  if (start === end) return "0";
  while (digits.charAt(end - 1) === "0") end--;
  // Nobody means a number whose exponent is that long, and to reckon with it would take minutes.
  if (exponent.length > 100) return json;
  // An exponent may be larger than any that a double has.
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(digits.length - end);
  return `${minus}${digits.slice(start, end)}${power === 0n ? "" : `e${power}`}`;
}
