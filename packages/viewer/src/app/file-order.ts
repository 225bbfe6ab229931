/** The order in which the files of a run are listed. */
import type { FileEntry } from "@eddy/workbench/pictures";

/** The files of the folder itself first, then those of the folders in it. */
export function byFolder(files: readonly FileEntry[]): readonly FileEntry[] {
  const folder = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
  const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
  return [...files].sort(
    (a, b) => order(folder(a.path), folder(b.path)) || a.path.localeCompare(b.path, "en", { numeric: true }),
  );
}
