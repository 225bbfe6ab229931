/** What every answer says about itself, so that a browser does no more with it than it should. */
import { servedPolicy } from "../report/page.ts";

/** For all answers. */
export const common = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cache-Control": "no-store",
  "Content-Security-Policy": servedPolicy,
} as const;

/** For what a run left: whatever it holds, nothing of it runs. */
export const inertPolicy = "sandbox; default-src 'none'";

/** A picture has styles in it. */
export const picturePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/**
 * A page that a run left is drawn by its own script. Whoever wrote it: it has no origin (ours refuses "null"), reaches no server, not
 * even for a picture, sends no forms, opens no windows, and sees nothing but what it has brought with it.
 */
export const reportPolicy =
  "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The header that makes a browser save an answer under a name, which may hold anything. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.()+ -]/g, "_");
  const exact = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
