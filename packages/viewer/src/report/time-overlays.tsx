/** What lies on a picture and is not drawn in it: the hairline at the pointer's time, a piece that is being marked, the tip. */
import { type ReadonlySignal, useComputed, useSignalEffect } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface TipPlace {
  /** The pointer, px. */
  readonly x: number;
  readonly y: number;
  readonly content: ComponentChildren;
}

/** Moves with the pointer without anything being drawn anew. @param at px from the left; reads signals */
export function Hairline({ at }: { at: () => number | undefined }) {
  const line = useRef<HTMLDivElement>(null);
  useSignalEffect(() => {
    const x = at();
    const element = line.current;
    if (!element) return;
    element.hidden = x === undefined;
    if (x !== undefined) element.style.transform = `translateX(${Math.round(x)}px)`;
  });
  return <div class="time-hairline" ref={line} hidden aria-hidden="true" />;
}

/** A piece of the picture that somebody is marking, px. */
export function Marked({ piece }: { piece: ReadonlySignal<{ from: number; to: number } | undefined> }) {
  if (!piece.value) return null;
  const { from, to } = piece.value;
  return (
    <div class="time-marked" aria-hidden="true" style={{ left: `${from}px`, width: `${to - from}px` }} />
  );
}

/** What is told of the thing under the pointer; beside the pointer, within the picture's sides, and in sight. */
export function Tip({
  tip,
  width,
}: {
  tip: ReadonlySignal<TipPlace | undefined>;
  width: ReadonlySignal<number>;
}) {
  const element = useRef<HTMLDivElement>(null);
  const shown = useComputed(() => tip.value !== undefined);
  useLayoutEffect(() => {
    const [box, place] = [element.current, tip.value];
    if (!box || !place) return;
    const room = width.value - box.offsetWidth - 4;
    const beside = place.x + 14 > room ? place.x - 14 - box.offsetWidth : place.x + 14;
    box.style.left = `${Math.max(4, Math.min(beside, room))}px`;
    const top = box.parentElement?.getBoundingClientRect().top ?? 0;
    const below = place.y + 14;
    const fits = top + below + box.offsetHeight <= innerHeight - 4;
    box.style.top = `${fits ? below : Math.max(place.y - 10 - box.offsetHeight, 4 - top)}px`;
  });
  if (!shown.value) return null;
  return (
    <div class="time-tip" role="tooltip" ref={element}>
      {tip.value?.content}
    </div>
  );
}
