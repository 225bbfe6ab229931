/** Colour for terminals that want it. */
import { styleText } from "node:util";

/** Puts emphasis on text, or leaves it plain. */
export interface Style {
  good(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const plain = (text: string): string => text;

export const plainStyle: Style = { good: plain, bad: plain, doubtful: plain, strong: plain, faint: plain };

export const colourStyle: Style = {
  good: (text) => styleText("green", text),
  bad: (text) => styleText("red", text),
  doubtful: (text) => styleText("yellow", text),
  strong: (text) => styleText("bold", text),
  faint: (text) => styleText("dim", text),
};
