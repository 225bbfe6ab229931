/**
 * Text as bytes: what nodes say goes through the workbench as strings with one character a byte (Node.js calls it latin1),
 * which are as fast as strings, and give back every byte as it came, also where it is no UTF-8.
 */

const notAscii = /[^\0-\x7f]/;

/** The bytes of a text in UTF-8, one character each. */
export function toBytes(text: string): string {
  return notAscii.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** A part that was cut out of a text keeps all of that in memory; this does not. */
export function detached(part: string): string {
  return Buffer.from(part, "utf16le").toString("utf16le");
}

/** The text that bytes stand for in UTF-8; what is none becomes U+FFFD. */
export function fromBytes(bytes: string): string {
  return notAscii.test(bytes) ? Buffer.from(bytes, "latin1").toString("utf8") : bytes;
}
