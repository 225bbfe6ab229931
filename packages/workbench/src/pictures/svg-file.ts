/** A picture as a complete SVG file: light or dark as the reader's system is, with words for those who do not see it. */
import type { Pen } from "./pen.ts";
import { SvgPen } from "./svg-pen.ts";
import { escaped } from "./xml.ts";

export interface SvgHead {
  /** px */
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What is to be seen, in a sentence or two. */
  readonly description: string;
}

const sans = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif';
const mono = 'ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace';

/** @returns the file's text, well-formed XML whatever is drawn */
export function svgFile({ width, height, title, description }: SvgHead, draw: (pen: Pen) => void): string {
  const pen = new SvgPen();
  pen.rect(0, 0, width, height, "paper");
  draw(pen);
  const markup = pen.markup();
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-labelledby="title desc">`,
    `<title id="title">${escaped(title)}</title><desc id="desc">${escaped(description)}</desc>`,
    `<style>svg{color-scheme:light dark;font:12px ${sans}}text{white-space:pre}.m{font-family:${mono}}.b{font-weight:600}.n{fill:none}${pen.style()}</style>`,
    markup,
    "</svg>\n",
  ].join("\n");
}
