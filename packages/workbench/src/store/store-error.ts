/** The store could not be written: a full disk, a folder that is a file, a missing permission. */

export class StoreError extends Error {
  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The store cannot be written: ${path}: ${reason}`, { cause });
    this.name = "StoreError";
  }
}
