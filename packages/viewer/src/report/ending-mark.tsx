/** How an operation ended, as a small picture of its bar and a word: each says it alone. */
import { endings } from "./words.ts";

/** A bar as the timeline draws it. */
export function EndingSwatch({ letter }: { letter: string }) {
  return (
    <svg
      class="ending-swatch"
      data-letter={letter}
      viewBox="0 0 22 12"
      width="22"
      height="12"
      aria-hidden="true"
    >
      <Bar letter={letter} />
    </svg>
  );
}

function Bar({ letter }: { letter: string }) {
  switch (letter) {
    case "o":
      return (
        <>
          <rect class="swatch-fill" x="0" y="0" width="22" height="12" />
          <rect class="swatch-edge" x="0" y="0" width="2.5" height="12" />
        </>
      );
    case "f":
      return (
        <>
          <rect class="swatch-fill" x="0" y="0" width="22" height="12" />
          <rect class="swatch-edge" x="0" y="0" width="2.5" height="12" />
          <path class="swatch-line" d="M4 12 11 0M10 12l3-5" opacity="0.5" />
          <path class="swatch-line" d="m13.5 2.5 6.5 7m0-7-6.5 7" stroke-width="1.8" />
        </>
      );
    case "i":
      return (
        <>
          <rect class="swatch-fill" x="0" y="0" width="12" height="12" />
          <rect class="swatch-fill" x="12" y="0" width="9" height="12" opacity="0.5" />
          <rect class="swatch-edge" x="0" y="0" width="2.5" height="12" />
          <path class="swatch-line" d="M21 0v12" stroke-dasharray="3 1.5" stroke-width="1.6" />
        </>
      );
    default:
      return <path class="swatch-line" d="M22 .7H.7v10.6H22" stroke-dasharray="3.5 2" fill="none" />;
  }
}

export function EndingMark({ letter }: { letter: string }) {
  return (
    <span class="ending-mark">
      <EndingSwatch letter={letter} />
      {endings[letter] ?? letter}
    </span>
  );
}
