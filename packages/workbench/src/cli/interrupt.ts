/** Ctrl-C and its relatives: the first one ends a run in good order, the second one at once. */
import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/** Signals that have come, or may. */
export interface Interruptions {
  readonly signal: AbortSignal;
  /** What a process that a signal ended exits with, if one came: 130 after Ctrl-C. */
  exitCode(): number | undefined;
  /** Leaves signals to the operating system again. */
  stop(): void;
}

/** Watches for signals until it is stopped. */
export function watchInterruptions(): Interruptions {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const interrupt = (name: (typeof signals)[number]): void => {
    const code = 128 + constants.signals[name];
    if (exitCode !== undefined) process.exit(code);
    exitCode = code;
    controller.abort(`the run was stopped by ${name === "SIGINT" ? "Ctrl-C" : name}`);
  };
  for (const name of signals) process.on(name, interrupt);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    stop() {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}
