/** Errors of the protocol: the codes that a request can be refused with, and the exception that carries one. */

/**
 * The codes of the protocol's error table. Codes below 1000 belong to the protocol, 1000 and up are yours.
 */
export const errorCodes = {
  /** The operation did not end in time. */
  timeout: 0,
  /** No node of that name. */
  nodeNotFound: 1,
  /** This node does not know that kind of request. */
  notSupported: 10,
  /** Not now, and it certainly did not happen: try again later. */
  temporarilyUnavailable: 11,
  /** The request is not of the form that the node expects. */
  malformedRequest: 12,
  /** Something went wrong; the operation may have happened or not. */
  crash: 13,
  /** Something went wrong; the operation certainly did not happen. */
  abort: 14,
  /** There is no such key. */
  keyDoesNotExist: 20,
  /** There is such a key already. */
  keyAlreadyExists: 21,
  /** A condition of the request did not hold, e.g. a compare-and-set from another value. */
  preconditionFailed: 22,
  /** The transaction was given up because another one was in its way. */
  txnConflict: 30,
} as const;

const indefinite: ReadonlySet<number> = new Set([errorCodes.timeout, errorCodes.crash]);
const known: ReadonlySet<number> = new Set(Object.values(errorCodes));

/**
 * Whether an error code promises that the operation did not happen and never will. Timeouts, crashes and all codes
 * that the protocol does not define promise nothing.
 */
export function isDefinite(code: number): boolean {
  return known.has(code) && !indefinite.has(code);
}

/**
 * An error that a handler throws to refuse a request: the one who asked gets a body of type `error` with this code
 * and text. Anything else that a handler throws is sent as code 13, crash.
 */
export class RPCError extends Error {
  /** The code of the protocol's error table, or 1000 and up for your own. */
  readonly code: number;

  /**
   * @param text in words, why; the one who asked gets it, too
   * @throws {TypeError} when the code is not an integer
   */
  constructor(code: number, text: string) {
    super(text);
    if (!Number.isInteger(code)) throw new TypeError(`an error code is an integer, not ${String(code)}`);
    this.name = "RPCError";
    this.code = code;
  }

  /** Whether the operation certainly did not happen; see {@link isDefinite}. */
  get definite(): boolean {
    return isDefinite(this.code);
  }
}
