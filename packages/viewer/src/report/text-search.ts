/** Looking for a text as it stands, in capitals or not. */

/** A piece of a text, and whether it is what was looked for. */
export interface FoundPiece {
  readonly text: string;
  readonly found: boolean;
}

/** What finds a text; nothing in it has a special meaning. Undefined when there is nothing to look for. */
export function finderOf(wanted: string): RegExp | undefined {
  if (wanted === "") return undefined;
  return new RegExp(wanted.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"), "gi");
}

export function finds(finder: RegExp, text: string): boolean {
  finder.lastIndex = 0;
  return finder.test(text);
}

/** A text in pieces, whose texts together are the text. */
export function foundPieces(finder: RegExp | undefined, text: string): readonly FoundPiece[] {
  if (!finder) return [{ text, found: false }];
  const pieces: FoundPiece[] = [];
  let end = 0;
  for (const { index, 0: found } of text.matchAll(finder)) {
    if (index > end) pieces.push({ text: text.slice(end, index), found: false });
    pieces.push({ text: found, found: true });
    end = index + found.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), found: false });
  return pieces;
}
