/** A verdict as it stands in lists: a mark, a word, a colour; each says it alone. */
import { marks, meanings, type Standing } from "./standing.ts";

export function StandingMark({ standing }: { standing: Standing }) {
  return (
    <span class={`standing standing-${standing}`} title={meanings[standing]}>
      <span class="standing-mark" aria-hidden="true">
        {marks[standing]}
      </span>
      {standing}
    </span>
  );
}
