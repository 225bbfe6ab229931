/** Bits in words of 32, somewhere in an array. */

export function hasBit(words: Int32Array, from: number, bit: number): boolean {
  return (((words[from + (bit >> 5)] ?? 0) >> (bit & 31)) & 1) === 1;
}

export function setBit(words: Int32Array, from: number, bit: number): void {
  const at = from + (bit >> 5);
  words[at] = (words[at] ?? 0) | (1 << (bit & 31));
}

export function clearBit(words: Int32Array, from: number, bit: number): void {
  const at = from + (bit >> 5);
  words[at] = (words[at] ?? 0) & ~(1 << (bit & 31));
}

/** How many of the bits of a word are 1. */
export function countBits(word: number): number {
  let pairs = word - ((word >>> 1) & 0x55555555);
  pairs = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((pairs + (pairs >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
