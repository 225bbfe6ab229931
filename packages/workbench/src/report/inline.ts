/** Scripts and style sheets as they may stand within a page. */

/**
 * A script that may stand in a page: nothing in it ends its element, or begins another. These can only be parts of
 * strings, where `\x3c` means the same.
 */
export function inScript(text: string): string {
  return lineEnds(text).replaceAll(/<(?=\/script|script|!--)/gi, "\\x3c");
}

/** The same for a style sheet. */
export function inStyle(text: string): string {
  return lineEnds(text).replaceAll(/<(?=\/style)/gi, "\\3c ");
}

/** Browsers read all line ends as this one before they take the hash. */
function lineEnds(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n");
}
