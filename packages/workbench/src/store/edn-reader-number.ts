/** Numbers as EDN writes them. */

const integer = /^[+-]?\d+N?$/;
const decimal = /^[+-]?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?M?$/;
const hexadecimal = /^([+-]?)(0[xX][0-9A-Fa-f]+)N?$/;
const ratio = /^([+-]?\d+)\/(\d+)$/;

/** Characters of a number at most. */
const maxDigits = 10_000;

/** The number that a text stands for: a bigint if it is an integer that is too large to be exact otherwise; undefined if it is none. */
export function toNumber(name: string): number | bigint | undefined {
  if (name.length > maxDigits) return undefined;
  if (integer.test(name)) return exact(BigInt(name.replace(/^\+|N$/g, "")));
  if (decimal.test(name)) return Number(name.replace(/M$/, ""));
  const [, sign, digits] = hexadecimal.exec(name) ?? [];
  if (digits !== undefined) return exact(sign === "-" ? -BigInt(digits) : BigInt(digits));
  const [, above, below] = ratio.exec(name) ?? [];
  if (above !== undefined && below !== undefined && Number(below) !== 0) return Number(above) / Number(below);
  return undefined;
}

/** A number if it can hold the integer, or else a bigint. */
function exact(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
