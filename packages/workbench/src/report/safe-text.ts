/** What nodes said, made safe to show on a terminal. */

/** Replaces control characters, with which a text could steer the terminal, by U+FFFD. Tabs and line ends stay. */
export function safeText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
}
