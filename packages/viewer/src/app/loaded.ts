/** Something that comes over the network, for a component: on its way, there, or not to be had. */
import { useEffect, useState } from "preact/hooks";
import { inWords } from "./client.ts";

export type Loaded<T> =
  | { readonly state: "waiting" }
  | { readonly state: "here"; readonly value: T }
  | { readonly state: "failed"; readonly text: string; readonly retry: () => void };

/** Loads whenever `what` is another; what was asked for before is forgotten, and called off. */
export function useLoaded<T>(what: string, load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [attempt, setAttempt] = useState(0);
  const [result, setResult] = useState<{ what: string; loaded: Loaded<T> } | undefined>();
  useEffect(() => {
    setResult(undefined);
    const leaving = new AbortController();
    const take = (loaded: Loaded<T>): void => {
      if (!leaving.signal.aborted) setResult({ what, loaded });
    };
    load(leaving.signal).then(
      (value) => take({ state: "here", value }),
      (error: unknown) =>
        take({ state: "failed", text: inWords(error), retry: () => setAttempt(attempt + 1) }),
    );
    return () => leaving.abort();
  }, [what, attempt]);
  return result?.what === what ? result.loaded : { state: "waiting" };
}
