/** A picture of a run that is going on: drawn anew whenever there is news, on an axis that holds all the time it is to take. */
import type { Frame, Pen } from "@eddy/workbench/pictures";
import { frameOf } from "../report/time-frame.ts";
import { useCanvas } from "../use-canvas.ts";

interface Props {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** px */
  readonly height: number;
  /** ns */
  readonly end: number;
  readonly draw: (pen: Pen, frame: Frame) => void;
}

export function LivePicture({ label, height, end, draw }: Props) {
  const { box, canvas } = useCanvas(height, (pen, width) =>
    draw(pen, frameOf(width, height, { from: 0, to: end })),
  );
  const style = { height: `${height}px` };
  return (
    <div ref={box} class="live-picture" style={style}>
      <canvas ref={canvas} role="img" aria-label={label} style={style} />
    </div>
  );
}
