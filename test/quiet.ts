/** Keeps what nodes log in tests off the terminal. It is still made into text, so that this is tried, too. */
import { vi } from "vitest";

vi.mock("../packages/node/src/log.ts", async (importOriginal) => {
  const original = await importOriginal<typeof import("../packages/node/src/log.ts")>();
  return { ...original, log: (...parts: unknown[]) => parts.map(original.show) };
});
