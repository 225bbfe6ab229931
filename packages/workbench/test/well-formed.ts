/** Whether a text is well-formed XML of the kind that pictures are: a strict reader, for tests. */

const names = String.raw`[A-Za-z_][\w.-]*`;
const attribute = new RegExp(String.raw`\s+(${names})="([^<"]*)"`, "y");
const open = new RegExp(`<(${names})`, "y");
const close = new RegExp(`</(${names})>`, "y");
const references = /&(?:#\d+|#x[\dA-Fa-f]+|amp|lt|gt|quot|apos);/g;
/** What XML 1.0 calls Char. */
const characters = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** All text directly in it. */
  text: string;
  readonly children: Element[];
}

/** @throws with the place of what is wrong */
export function parseXml(xml: string): Element {
  if (!xml.isWellFormed() || !characters.test(xml))
    throw new Error("there is a character that XML cannot hold");
  const root: Element = { name: "", attributes: new Map(), text: "", children: [] };
  const stack = [root];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(xml);
    if (found) at += found[0].length;
    return found;
  };
  const wrong = (what: string): Error => new Error(`${what} at ${at}: ${xml.slice(at, at + 60)}`);
  while (at < xml.length) {
    const parent = stack.at(-1) ?? root;
    if (!xml.startsWith("<", at)) {
      const next = xml.indexOf("<", at);
      const text = xml.slice(at, next < 0 ? xml.length : next);
      if (text.includes("]]>")) throw wrong("]]>");
      parent.text += decoded(text);
      at += text.length;
      continue;
    }
    const closed = match(close);
    if (closed) {
      if (stack.length === 1 || closed[1] !== parent.name) throw wrong("a tag is closed that is not open");
      stack.pop();
      continue;
    }
    const opened = match(open);
    if (!opened) throw wrong("no tag");
    const attributes = new Map<string, string>();
    for (let found = match(attribute); found; found = match(attribute)) {
      if (attributes.has(found[1] ?? "")) throw wrong("an attribute twice");
      attributes.set(found[1] ?? "", decoded(found[2] ?? ""));
    }
    const element: Element = { name: opened[1] ?? "", attributes, text: "", children: [] };
    parent.children.push(element);
    if (xml.startsWith("/>", at)) at += 2;
    else if (xml.startsWith(">", at)) {
      at += 1;
      stack.push(element);
    } else throw wrong("no end of a tag");
  }
  const [only, ...more] = root.children;
  if (stack.length > 1 || !only || more.length > 0 || root.text.trim() !== "")
    throw new Error("there is not one element around all others");
  return only;
}

/** All elements of a name, at whatever depth. */
export function elements(root: Element, name: string): Element[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => elements(child, name))];
}

function decoded(text: string): string {
  if (text.replaceAll(references, "").includes("&")) throw new Error(`a reference to nothing in ${text}`);
  return text.replaceAll(references, (reference) => {
    const plain: Readonly<Record<string, string>> = {
      "&amp;": "&",
      "&lt;": "<",
      "&gt;": ">",
      "&quot;": '"',
      "&apos;": "'",
    };
    const number = /^&#(x?)([\dA-Fa-f]+);$/.exec(reference);
    return (
      plain[reference] ?? String.fromCodePoint(Number.parseInt(number?.[2] ?? "", number?.[1] ? 16 : 10))
    );
  });
}
