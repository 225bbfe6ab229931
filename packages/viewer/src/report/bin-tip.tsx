/** What is told of a bin of a chart while the pointer is on it. */
import {
  type Bins,
  type ChartData,
  type Frame,
  quantileName,
  quantiles,
  shortened,
  timeAt,
  visible,
} from "@eddy/workbench/pictures";
import type { ComponentChildren } from "preact";
import { figures } from "../app/format.ts";
import { inPlot } from "./time-frame.ts";
import { lengthText, timeText } from "./time-text.ts";

/** The bin at x px; undefined where there is none. */
export function binAt({ from = 0, width, series }: Bins, frame: Frame, x: number): number | undefined {
  if (!inPlot(frame, x)) return undefined;
  const bin = Math.floor((timeAt(frame, x) - from) / width);
  return bin >= 0 && bin < (series[0]?.ok.length ?? 0) ? bin : undefined;
}

interface TipProps {
  readonly data: ChartData;
  readonly bin: number;
}

const endings = ["ok", "fail", "info"] as const;

export function RateTip({ data, bin }: TipProps) {
  const { functions, series, width } = data.bins;
  const rows = functions.flatMap((f, i) =>
    endings.flatMap((ending) => {
      const count = series[i]?.[ending][bin] ?? 0;
      return count === 0 ? [] : [{ name: `${name(f)} ${ending}`, count }];
    }),
  );
  return (
    <BinTip data={data} bin={bin}>
      {rows.length === 0 && <p>nothing ended</p>}
      <table class="tip-table">
        <tbody>
          {rows.map(({ name, count }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{count}</td>
              <td>{figures((count * 1e9) / width)} a second</td>
            </tr>
          ))}
        </tbody>
      </table>
    </BinTip>
  );
}

export function QuantilesTip({ data, bin }: TipProps) {
  const { functions, series } = data.bins;
  const rows = functions.flatMap((f, i) => {
    const latencies = quantiles.map((_, q) => series[i]?.latencies[q]?.[bin] ?? -1);
    return latencies.some((latency) => latency >= 0) ? [{ f, latencies }] : [];
  });
  return (
    <BinTip data={data} bin={bin}>
      {rows.length === 0 && <p>nothing began that ended ok</p>}
      {rows.length > 0 && (
        <table class="tip-table">
          <thead>
            <tr>
              <td />
              {quantiles.map((q) => (
                <th key={q} scope="col">
                  {quantileName(q)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ f, latencies }) => (
              <tr key={f}>
                <th scope="row">{name(f)}</th>
                {latencies.map((latency, q) => (
                  <td key={quantiles[q]}>{latency < 0 ? "–" : lengthText(latency)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </BinTip>
  );
}

const name = (f: string): string => visible(shortened(f, 40));

function BinTip({ data, bin, children }: TipProps & { children: ComponentChildren }) {
  const { from = 0, width } = data.bins;
  const [begin, end] = [from + bin * width, from + (bin + 1) * width];
  const faults = data.faults.filter((fault) => fault.from <= end && (fault.to ?? end) >= begin);
  return (
    <div class="bin-tip">
      <p class="tip-title">
        {timeText(begin, width / 10)} – {timeText(end, width / 10)}
      </p>
      {children}
      {faults.slice(0, 4).map(({ fault, text, from }) => (
        <p key={`${fault} ${from}`} class="tip-fault">
          {visible(shortened(text, 120))}
        </p>
      ))}
    </div>
  );
}
