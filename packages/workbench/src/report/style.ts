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

/** Whether there is to be colour is decided by whoever chooses this style, not by what stdout is. */
const always = { validateStream: false };

export const colourStyle: Style = {
  good: (text) => styleText("green", text, always),
  bad: (text) => styleText("red", text, always),
  doubtful: (text) => styleText("yellow", text, always),
  strong: (text) => styleText("bold", text, always),
  faint: (text) => styleText("dim", text, always),
};
