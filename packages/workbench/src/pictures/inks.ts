/** How each ink looks, by day and by night: colours of Okabe and Ito, which colour-blind people can tell apart. */
import type { Ink } from "./pen.ts";

export type Palette = Readonly<Record<Ink, string>>;

export const light: Palette = {
  text: "#1b1f24",
  faint: "#59636e",
  grid: "#e4e7eb",
  axis: "#8c959f",
  paper: "#ffffff",
  ok: "#0072b2",
  fail: "#b5179e",
  info: "#c77700",
  open: "#8c959f",
  client: "#0072b2",
  server: "#59636e",
  error: "#b5179e",
  lost: "#d55e00",
  fault: "#d55e00",
  gap: "#8c959f",
  mark: "#f0e442",
  p50: "#56b4e9",
  p95: "#0072b2",
  p99: "#c77700",
  p100: "#b5179e",
};

export const dark: Palette = {
  text: "#e6edf3",
  faint: "#9aa4af",
  grid: "#2a3038",
  axis: "#6e7681",
  paper: "#0f1318",
  ok: "#56b4e9",
  fail: "#ee82d8",
  info: "#f0a830",
  open: "#8b949e",
  client: "#56b4e9",
  server: "#9aa4af",
  error: "#ee82d8",
  lost: "#ff8c42",
  fault: "#ff8c42",
  gap: "#6e7681",
  mark: "#7a7000",
  p50: "#9bd3f5",
  p95: "#56b4e9",
  p99: "#f0a830",
  p100: "#ee82d8",
};
