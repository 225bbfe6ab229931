/** Which of two runs is meant. */

export function Letter({ letter }: { letter: "A" | "B" }) {
  return <span class={`badge letter letter-${letter}`}>{letter}</span>;
}
