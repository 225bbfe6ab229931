/** Listens to the events of `eddy serve`, as a page does. */
import { request } from "node:http";
import { onTestFinished } from "vitest";

export interface ServedEvent {
  readonly event: string;
  readonly data: Record<string, unknown>;
}

export interface Stream {
  /** What has come so far. */
  readonly events: readonly ServedEvent[];
  /** Bytes that have come, comments included. */
  readonly text: () => string;
  /** The first event from now on, or of those that have come, that is like this. */
  next(isWanted: (event: ServedEvent) => boolean): Promise<ServedEvent>;
  /** Reads no more, until it is told to. */
  pause(): void;
  resume(): void;
  /** Goes away. */
  leave(): void;
  /** Resolves when the server has ended it. */
  readonly ended: Promise<void>;
}

/** Resolves when the server has answered. It is left when the test is over. */
export function listen(port: number): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path: "/api/events", agent: false }, (response) => {
      const events: ServedEvent[] = [];
      const waiting = new Set<() => void>();
      let [text, open] = ["", ""];
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        text += piece;
        const parts = (open + piece).split("\n\n");
        open = parts.pop() ?? "";
        for (const part of parts) {
          const [, event, data] = /^event: (\w+)\ndata: (.*)$/.exec(part) ?? [];
          if (event !== undefined && data !== undefined) events.push({ event, data: JSON.parse(data) });
        }
        for (const look of waiting) look();
      });
      response.on("error", () => {});
      const ended = new Promise<void>((end) => response.on("close", end));
      const next = (isWanted: (event: ServedEvent) => boolean): Promise<ServedEvent> =>
        new Promise((found) => {
          const look = (): void => {
            const event = events.find(isWanted);
            if (event === undefined) return;
            waiting.delete(look);
            found(event);
          };
          waiting.add(look);
          look();
        });
      resolve({
        events,
        text: () => text,
        next,
        pause: () => response.pause(),
        resume: () => response.resume(),
        leave: () => asked.destroy(),
        ended,
      });
    });
    asked.on("error", reject);
    asked.end();
    onTestFinished(() => {
      asked.destroy();
    });
  });
}
