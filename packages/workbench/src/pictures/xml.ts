/** Text that is safe between the tags of XML, whatever a node has said. */

/** What XML 1.0 has no way to write: control characters, halves of characters, and two that are none. */
const unwritable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

/** What means something else there. A carriage return would be read as a line feed, `]]>` as the end of something. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/** @returns the same text for those who read the XML; what XML cannot hold is U+FFFD. */
export function escaped(text: string): string {
  return text
    .replaceAll(unwritable, "\ufffd")
    .replaceAll(/[&<>"\r]/g, (character) => entities[character] ?? "");
}
