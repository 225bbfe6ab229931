/** Light or dark: what the reader chose, or else what the system says. Pages that may store nothing forget the choice. */

import { dark, light, type Palette } from "@eddy/workbench/pictures";
import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const storageKey = "eddy-theme";

/** What the reader chose. */
export const theme: Signal<Theme> = signal(storedTheme());

const systemIsDark = signal(false);
const printing = signal(false);

/** What is shown; paper is light. */
export const shownTheme: ReadonlySignal<"light" | "dark"> = computed(() => {
  if (printing.value) return "light";
  if (theme.value !== "system") return theme.value;
  return systemIsDark.value ? "dark" : "light";
});

/** The colours of pictures. */
export const palette: ReadonlySignal<Palette> = computed(() => (shownTheme.value === "dark" ? dark : light));

/** Follows the system, the choice and the printer. */
function followTheme(): void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  systemIsDark.value = query.matches;
  query.addEventListener("change", () => {
    systemIsDark.value = query.matches;
  });
  addEventListener("beforeprint", () => {
    printing.value = true;
  });
  addEventListener("afterprint", () => {
    printing.value = false;
  });
  effect(() => {
    const root = document.documentElement;
    if (theme.value === "system" && !printing.value) delete root.dataset.theme;
    else root.dataset.theme = shownTheme.value;
  });
  effect(() => store(theme.value));
}

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey);
    return themes.find((one) => one === stored) ?? "system";
  } catch {
    return "system";
  }
}

function store(chosen: Theme): void {
  try {
    if (chosen === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, chosen);
  } catch {
    // A page in a sandbox, or a browser that keeps nothing: it is forgotten with the page.
  }
}

// Without a document (in a unit test) there is nothing to follow.
if (typeof document !== "undefined") followTheme();
