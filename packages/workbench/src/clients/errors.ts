/** The errors that nodes answer with: the protocol's table of codes. */

export interface ErrorCode {
  readonly name: string;
  /** Whether the operation certainly did not happen. */
  readonly definite: boolean;
}

const table: ReadonlyMap<number, ErrorCode> = new Map([
  [0, { name: "timeout", definite: false }],
  [1, { name: "node-not-found", definite: true }],
  [10, { name: "not-supported", definite: true }],
  [11, { name: "temporarily-unavailable", definite: true }],
  [12, { name: "malformed-request", definite: true }],
  [13, { name: "crash", definite: false }],
  [14, { name: "abort", definite: true }],
  [20, { name: "key-does-not-exist", definite: true }],
  [21, { name: "key-already-exists", definite: true }],
  [22, { name: "precondition-failed", definite: true }],
  [30, { name: "txn-conflict", definite: true }],
]);

/** What a code means. Codes that the protocol does not define are unknown, and indefinite. */
export function errorCode(code: number): ErrorCode {
  return table.get(code) ?? { name: "unknown", definite: false };
}
