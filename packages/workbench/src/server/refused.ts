/** A request that is not carried out: the status, and why, for people. */

export class Refused extends Error {
  /** Of HTTP. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "Refused";
    this.status = status;
  }
}

/** What went wrong with a file, as the system calls it: `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** What went wrong with a file, in words that name no path. */
export function inWords(error: unknown): string {
  switch (codeOf(error)) {
    case "ENOENT":
      return "it is not there";
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ELOOP":
      return "it is a link";
    case "ENAMETOOLONG":
      return "its name is too long";
    default:
      return codeOf(error) ?? String(error);
  }
}

/** What went wrong with a file as an answer. */
export function refusedBy(error: unknown, what: string): Refused {
  if (error instanceof Refused) return error;
  const missing = ["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"].includes(codeOf(error) ?? "");
  if (missing) return new Refused(404, `There is no ${what}.`);
  return new Refused(codeOf(error) === "EACCES" ? 403 : 500, `${what} cannot be read: ${inWords(error)}.`);
}
