/** Errors of the protocol: the codes that a request can be refused with, and the exception that carries one. */

/**
 * The protocol's table of errors (https://github.com/jepsen-io/maelstrom/blob/main/doc/protocol.md#errors). Codes below
 * 1000 belong to the protocol, 1000 and up are yours.
 */
export const errorCodes = {
  timeout: 0,
  nodeNotFound: 1,
  notSupported: 10,
  temporarilyUnavailable: 11,
  malformedRequest: 12,
  crash: 13,
  abort: 14,
  keyDoesNotExist: 20,
  keyAlreadyExists: 21,
  preconditionFailed: 22,
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

/** Makes errors of one code, of the class that it is called on: a subclass makes its own. */
function named(code: number) {
  return function make<E>(this: new (code: number, text: string) => E, text: string): E {
    return new this(code, text);
  };
}

/**
 * What a request was refused with. A handler throws one to refuse: the one who asked gets a body of type `error` with
 * this code and text. `rpc` rejects with one. Anything else that a handler throws is sent as code 13, crash.
 *
 * ```ts
 * throw RPCError.keyDoesNotExist("there is no key 5");
 * ```
 */
export class RPCError extends Error {
  /** 0, indefinite: the operation did not end in time. */
  static readonly timeout = named(errorCodes.timeout);
  /** 1: there is no node of that name. */
  static readonly nodeNotFound = named(errorCodes.nodeNotFound);
  /** 10: this node does not know that kind of request. */
  static readonly notSupported = named(errorCodes.notSupported);
  /** 11: not now, and it certainly did not happen; try again later. */
  static readonly temporarilyUnavailable = named(errorCodes.temporarilyUnavailable);
  /** 12: the request is not of the form that the node expects. */
  static readonly malformedRequest = named(errorCodes.malformedRequest);
  /** 13, indefinite: something went wrong, and the operation may have happened or not. */
  static readonly crash = named(errorCodes.crash);
  /** 14: something went wrong, and the operation certainly did not happen. */
  static readonly abort = named(errorCodes.abort);
  /** 20: there is no such key. */
  static readonly keyDoesNotExist = named(errorCodes.keyDoesNotExist);
  /** 21: there is such a key already. */
  static readonly keyAlreadyExists = named(errorCodes.keyAlreadyExists);
  /** 22: a condition of the request did not hold, e.g. a compare-and-swap from another value. */
  static readonly preconditionFailed = named(errorCodes.preconditionFailed);
  /** 30: the transaction was given up because another one was in its way. */
  static readonly txnConflict = named(errorCodes.txnConflict);

  /** The code of the protocol's error table, or 1000 and up for your own. */
  readonly code: number;

  /**
   * @param text in words, why; the one who asked gets it, too
   * @throws {TypeError} when the code is not an integer
   */
  constructor(code: number, text: string) {
    super(text);
    if (!Number.isSafeInteger(code)) throw new TypeError(`an error code is an integer, not ${String(code)}`);
    this.name = new.target.name;
    this.code = code;
  }

  /** Whether the operation certainly did not happen; see {@link isDefinite}. */
  get definite(): boolean {
    return isDefinite(this.code);
  }
}
