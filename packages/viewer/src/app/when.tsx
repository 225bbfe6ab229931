/** A time as one speaks of it, with the exact one behind. */
import { signal } from "@preact/signals";
import { ago, exactly, nothing, timeOf } from "./format.ts";

/** ms; one clock for all times of a page, which need not be more exact than this. */
const now = signal(Date.now());
setInterval(() => {
  now.value = Date.now();
}, 10_000);

export function When({ start }: { start: string | undefined }) {
  const time = timeOf(start);
  if (time === undefined) return <span class="muted">{nothing}</span>;
  return (
    <time dateTime={start} title={exactly(time)}>
      {ago(time, Math.max(now.value, time))}
    </time>
  );
}
