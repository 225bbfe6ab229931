/**
 * Who may ask. The server listens where any page that is open in the same browser can reach it, so it answers only what
 * was asked under its own name, by its own pages.
 */
import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { Refused } from "./refused.ts";

/** What is asked for: a page as such holds nothing of the store; all else does. */
export type Asked = "page" | "data";

export class Access {
  readonly #port: number;
  readonly #names: ReadonlySet<string>;
  readonly #everywhere: boolean;

  /** @param host what the server listens on */
  constructor(host: string, port: number) {
    this.#port = port;
    this.#names = new Set(["localhost", "127.0.0.1", "[::1]", bracketed(host.toLowerCase())]);
    this.#everywhere = isEverywhere(host);
  }

  /** @throws {Refused} */
  check(request: IncomingMessage, asked: Asked): void {
    const host = this.#hostOf(request);
    const { method, headers } = request;
    const { origin } = headers;
    const own = `http://${host}`;
    // The server knows no scheme but its own: no page of any other address may ask, nor one without any ("null").
    if (origin !== undefined && origin.toLowerCase() !== own)
      throw new Refused(403, `Only the pages of ${own} may ask here, not those of ${origin}.`);
    if (!isFromHere(headers) && !(asked === "page" && isVisit(headers)))
      throw new Refused(403, `Only the pages of ${own} may ask here. Open the run there first.`);
    // No form and no link can send it. Browsers always name the origin of a DELETE.
    if (method === "DELETE" && origin === undefined)
      throw new Refused(403, `A DELETE has to say where it comes from: Origin: ${own}`);
  }

  /** The name under which the server was asked, with its port. Another one means that somebody's name was led here (DNS rebinding). */
  #hostOf({ headers, rawHeaders }: IncomingMessage): string {
    const given = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length;
    const host = (headers.host ?? "").toLowerCase();
    const [, name = "", port] = /^(\[[\da-f:.]+\]|[^:]+)(?::(\d+))?$/.exec(host) ?? [];
    const known =
      this.#names.has(name) && Number(port ?? 80) === this.#port
        ? true
        : // An address cannot be led elsewhere. A container or a router may show it with another port.
          this.#everywhere && isIP(name.replaceAll(/[[\]]/g, "")) !== 0;
    if (given === 1 && known) return host;
    const words = given === 1 ? `called ${host}` : "without one name";
    throw new Refused(
      421,
      `This server does not answer when it is ${words}. Ask for http://127.0.0.1:${this.#port}/, or start it with --host and that name.`,
    );
  }
}

/** Whether a host stands for all addresses of the machine. */
export function isEverywhere(host: string): boolean {
  return host === "" || host === "0.0.0.0" || /^(::|(0{1,4}:){7}0{1,4})$/.test(host);
}

/** A host as it stands in a URL. */
export function bracketed(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

type Headers = IncomingMessage["headers"];

/** Whether our own page asks, or nobody's: what is typed into the address bar. Another port of this machine is "same-site", but not we. */
function isFromHere(headers: Headers): boolean {
  const site = headers["sec-fetch-site"];
  return site === undefined || site === "same-origin" || site === "none";
}

/** Whether somebody follows a link that stands elsewhere. That shows them the page, and tells whoever set the link nothing. */
function isVisit(headers: Headers): boolean {
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
