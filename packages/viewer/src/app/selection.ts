/** The runs that are ticked in the list, to be compared or deleted. */
import { signal } from "@preact/signals";

export const ticked = signal<ReadonlySet<string>>(new Set());

export function tick(id: string, on: boolean): void {
  const now = new Set(ticked.value);
  if (on) now.add(id);
  else now.delete(id);
  ticked.value = now;
}

export function untick(...ids: readonly string[]): void {
  ticked.value = new Set([...ticked.value].filter((id) => !ids.includes(id)));
}
