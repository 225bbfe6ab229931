/** What is around the body on a line of the wire: `src` and `dest`, in the form in which the workbenches and this library write them. */

/**
 * The usual beginning of a line. A name of more than 12 characters goes the long way: cut from the line it would keep
 * all of it in memory.
 */
const usual = /\{(?:"id":(?:0|[1-9]\d*),)?"src":"[\w-]{1,12}","dest":"[\w-]{1,12}","body":(?=\{)/y;

/**
 * Takes a line like `{"id":7,"src":"c1","dest":"n1","body":{…}}` apart without parsing it, so that only its body is left
 * to parse. Returns `undefined` for any other form; such a line may be a message, too.
 */
export function openEnvelope(line: string): { src: string; dest: string; body: string } | undefined {
  usual.lastIndex = 0;
  // `test` and two searches, because what `exec` returns would be garbage right away.
  if (!(usual.test(line) && line.endsWith("}"))) return undefined;
  const body = usual.lastIndex;
  const src = line.indexOf('"src":"') + '"src":"'.length;
  const srcEnd = line.indexOf('"', src);
  const dest = srcEnd + '","dest":"'.length;
  const destEnd = body - '","body":'.length;
  return { src: line.slice(src, srcEnd), dest: line.slice(dest, destEnd), body: line.slice(body, -1) };
}

/** The beginnings of lines that a node writes, up to the body. They are few, and to make one costs as much as a short body. */
export class Envelopes {
  readonly #starts = new Map<string, string>();
  #src = "";

  start(src: string, dest: string): string {
    const known = this.#starts.get(dest);
    if (known !== undefined && src === this.#src) return known;
    // Names can be any, and as many: those of a usual cluster are kept.
    if (src !== this.#src || this.#starts.size >= 1000) this.#starts.clear();
    this.#src = src;
    const start = `{"src":${JSON.stringify(src)},"dest":${JSON.stringify(dest)},"body":`;
    this.#starts.set(dest, start);
    return start;
  }
}
