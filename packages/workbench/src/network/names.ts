/** Who is who on the network, told by the name alone. */

/** Whether a name is that of a client: c0, c1, … */
export function isClient(name: string): boolean {
  // Asked several times for each message: most names are told by their first letter.
  return name.charCodeAt(0) === 0x63 && /^c\d+$/.test(name);
}

/** The services that the workbench offers to nodes under these names. */
export const serviceNames: readonly string[] = ["lin-kv", "seq-kv", "lww-kv", "lin-tso"];

const quotedNames = new Map<string, string>();

/** A name as JSON; the names of a run are few, and each is written many times. */
export function quoted(name: string): string {
  let json = quotedNames.get(name);
  if (json === undefined) {
    json = JSON.stringify(name);
    if (quotedNames.size < 10_000) quotedNames.set(name, json);
  }
  return json;
}
