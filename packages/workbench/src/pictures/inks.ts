/**
 * How each ink looks, by day and by night. Those that stand beside each other differ in lightness, too, so that also
 * colour-blind people can tell them apart; a test looks at them with their eyes.
 */
import type { Ink } from "./pen.ts";

export type Palette = Readonly<Record<Ink, string>>;

export const light: Palette = {
  text: "#1b1f24",
  faint: "#59636e",
  grid: "#e4e7eb",
  axis: "#8c959f",
  paper: "#ffffff",
  ok: "#2468d8",
  fail: "#8c0d40",
  info: "#c47f17",
  open: "#8a919b",
  client: "#2468d8",
  server: "#646a70",
  error: "#8c0d40",
  lost: "#de5f1e",
  fault: "#de5f1e",
  gap: "#8c959f",
  mark: "#f0e442",
  p50: "#1a9bd0",
  p95: "#2468d8",
  p99: "#c47f17",
  p100: "#8c0d40",
};

export const dark: Palette = {
  text: "#e6edf3",
  faint: "#9aa4af",
  grid: "#2a3038",
  axis: "#6e7681",
  paper: "#0f1318",
  ok: "#5c9be6",
  fail: "#f72b67",
  info: "#f7b24e",
  open: "#7a8597",
  client: "#5c9be6",
  server: "#aeb8c2",
  error: "#f72b67",
  lost: "#fa8c62",
  fault: "#fa8c62",
  gap: "#6e7681",
  mark: "#7a7000",
  p50: "#9bd6f5",
  p95: "#5c9be6",
  p99: "#f7b24e",
  p100: "#f72b67",
};
