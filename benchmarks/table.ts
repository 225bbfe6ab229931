/** How the benchmarks show what they measured: a headline, tables, and numbers in a few widths. */
import { cpus } from "node:os";

/** What machine the figures are of. */
export function machine(): string {
  return `Node.js ${process.version}, ${cpus().length} x ${cpus()[0]?.model}`;
}

/** Prints rows with their columns below each other, and an empty line. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of rows)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  console.log();
}

export const thousands = (value: number): string => `${(value / 1000).toFixed(0)}k`;
export const hundredths = (value: number): string => value.toFixed(2);
export const tenths = (value: number): string => value.toFixed(1);
export const whole = (value: number): string => value.toFixed(0);
