/** How `eddy` ends, for scripts: the original's exit codes. */
import type { Validity } from "../checkers/verdict.ts";

export const exitCodes = {
  valid: 0,
  invalid: 1,
  unknown: 2,
  /** The command line cannot be understood or carried out. */
  badArguments: 254,
  /** The workbench itself failed. */
  failed: 255,
} as const;

export function exitCodeOf(validity: Validity): number {
  if (validity === "unknown") return exitCodes.unknown;
  return validity ? exitCodes.valid : exitCodes.invalid;
}
