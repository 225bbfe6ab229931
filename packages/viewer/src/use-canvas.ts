/** A canvas that is as wide as its box, drawn by a pen whenever what it shows has changed, and while it is in sight. */
import type { Pen } from "@eddy/workbench/pictures";
import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { CanvasPen } from "./canvas-pen.ts";
import { Redraw } from "./redraw.ts";
import { palette } from "./theme.ts";

export interface DrawnCanvas {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** px; 0 until it has been laid out. */
  readonly width: Signal<number>;
}

/** @param draw is drawn anew when a signal changes that it reads, and when the component is rendered anew */
export function useCanvas(height: number, draw: (pen: Pen, width: number) => void): DrawnCanvas {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSignal(0);
  const latest = useRef({ height, draw });
  latest.current = { height, draw };
  const redraw = useRef<Redraw | undefined>(undefined);

  useLayoutEffect(() => {
    const [element, surface] = [box.current, canvas.current];
    const context = surface?.getContext("2d");
    if (!element || !surface || !context) return;
    const drawing = new Redraw(() => {
      const { height, draw } = latest.current;
      const ratio = devicePixelRatio;
      fit(surface, Math.round(width.value * ratio), Math.round(height * ratio));
      draw(new CanvasPen(context, palette.value, ratio), width.value);
    });
    redraw.current = drawing;
    const resize = (): void => {
      width.value = element.clientWidth;
      drawing.request();
    };
    const sizes = new ResizeObserver(resize);
    sizes.observe(element);
    width.value = element.clientWidth;
    const sight = new IntersectionObserver(
      (entries) => drawing.show(entries.at(-1)?.isIntersecting ?? false),
      {
        rootMargin: "200px",
      },
    );
    sight.observe(element);
    const print = (): void => drawing.now();
    addEventListener("beforeprint", print);
    addEventListener("afterprint", print);
    return () => {
      sizes.disconnect();
      sight.disconnect();
      removeEventListener("beforeprint", print);
      removeEventListener("afterprint", print);
      drawing.stop();
    };
  }, [width]);

  // It was rendered anew: it may have been given other things to draw.
  useLayoutEffect(() => redraw.current?.request());
  return { box, canvas, width };
}

/** Changing the size of a canvas is slow, and wipes it: only when it is another. */
function fit(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
