/** The order in which the benchmarks measure several things: in turn. */

/** Measures each once a round, in turn, so that whatever else the machine does meets all of them. */
export async function inTurn<N, S, T>(
  subjects: readonly (readonly [name: N, subject: S])[],
  rounds: number,
  measure: (subject: S, name: N) => Promise<T>,
): Promise<Map<N, T[]>> {
  const results = new Map<N, T[]>(subjects.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, subject] of subjects) results.get(name)?.push(await measure(subject, name));
  return results;
}
