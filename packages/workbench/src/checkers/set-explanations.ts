/** What is wrong with a set, in words: which element, who added it, and which reads had it or had it not. */
import type { Element, Event, Finding } from "./set-elements.ts";
import { nodeOf, shown, times, whoAndWhen } from "./words.ts";

/** `22 is lost: n1 acknowledged it (process 1, at 3.210 s), but …` */
export function describeLost({ value, known, lastPresent, lastAbsent }: Element): string {
  const certain =
    known === undefined || known.f === "read"
      ? `a read of ${readOf(known)} listed it`
      : `${nodeOf(known)} acknowledged it ${whoAndWhen(known)}`;
  const seen =
    lastPresent === undefined
      ? "no read ever listed it"
      : `no read has listed it since that of ${readOf(lastPresent)}`;
  return `${shown(value)} is lost: ${certain}, but ${seen}; the last read without it is that of ${readOf(lastAbsent)}`;
}

/** `n1 listed 7 twice in one read (process 1, at 3.210 s)` */
export function describeDuplicate({ value, read, count }: Finding): string {
  return `${nodeOf(read)} listed ${shown(value)} more than once in a read ${whoAndWhen(read)}; a read has it ${times(count)} at most`;
}

/** `n1 listed 1000000, which nobody had tried to add (process 1, at 3.210 s)` */
export function describePhantom({ value, read, count }: Finding): string {
  const more = count === 1 ? "" : `; ${count} reads have it`;
  return `${nodeOf(read)} listed ${shown(value)}, which nobody had tried to add ${whoAndWhen(read)}${more}`;
}

/** `n1 answered that it had not added 7 (process 1, at 3.210 s: …), but …` */
export function describeAborted({ value, refused, lastPresent }: Element): string {
  const answer =
    refused === undefined ? "a node answered" : `${nodeOf(refused)} answered ${whoAndWhen(refused)}`;
  const reason = refused?.error === undefined ? "" : `: ${refused.error.message}`;
  return `${answer} that it had not added ${shown(value)}${reason}; but a read of ${readOf(lastPresent)} listed it`;
}

function readOf(read: Event | undefined): string {
  return read === undefined ? "a node" : `${nodeOf(read)} ${whoAndWhen(read)}`;
}
