/** Text of nodes and clients, made safe to look at: what would be invisible, or would turn the text around, is shown as what it is. */

const escapeSign = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);

/** Colours and other commands to a terminal: those with parameters, and those that carry a text. */
const commands = new RegExp(
  `${escapeSign}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escapeSign}]*(?:${bell}|${escapeSign}\\\\)|[ -/]*[0-Z^-~])`,
  "g",
);

/** Takes the commands to a terminal out of a text. */
export function withoutCommands(text: string): string {
  return text.includes(escapeSign) ? text.replaceAll(commands, "") : text;
}

/**
 * Control characters, line separators, marks that turn the direction of text or take no room, and halves of characters. Tabs may stay,
 * and the mark that joins emoji.
 */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/**
 * Shows what cannot be seen, line ends too; tabs stay. Control characters are shown as on a terminal, ^@ … ^_ and ^?, for few fonts
 * have their pictures; others as ⟨U+202E⟩.
 */
export function visible(text: string): string {
  return text.replaceAll(hidden, (character) => {
    const code = character.charCodeAt(0);
    if (code < 0x20 || code === 0x7f) return `^${String.fromCharCode(code ^ 0x40)}`;
    return `\u27e8U+${code.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
  });
}

/** The beginning of a text, so many letters of it, with … where it is cut; no character is cut in two. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = Math.max(Math.floor(length) - 1, 0);
  const last = text.charCodeAt(cut - 1);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? cut - 1 : cut)}\u2026`;
}
