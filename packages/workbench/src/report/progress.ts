/** How far a running test is, in one line. */

export interface ProgressState {
  /** s since the clients began */
  readonly elapsed: number;
  /** s in all */
  readonly limit: number;
  readonly ok: number;
  readonly fail: number;
  readonly info: number;
}

/** "3.0 s  16 ok  0 fail  0 info  5.3 a second  7.0 s left" */
export function progressLine({ elapsed, limit, ok, fail, info }: ProgressState): string {
  const rate = elapsed > 0 ? (ok + fail + info) / elapsed : 0;
  const left = limit - elapsed;
  const end = left > 0 ? `${left.toFixed(1)} s left` : "the time is up, the run comes to its end";
  return `${elapsed.toFixed(1).padStart(5)} s   ${ok} ok   ${fail} fail   ${info} info   ${rate.toFixed(1)} a second   ${end}`;
}
