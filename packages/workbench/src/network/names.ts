/** Who is who on the network, told by the name alone. */

/** Whether a name is that of a client: c0, c1, … */
export function isClient(name: string): boolean {
  return /^c\d+$/.test(name);
}

/** The services that the workbench offers to nodes under these names. */
export const serviceNames: readonly string[] = ["lin-kv", "seq-kv", "lww-kv", "lin-tso"];
