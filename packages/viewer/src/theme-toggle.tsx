/** The choice between light, dark, and what the system says. */
import { type Theme, theme, themes } from "./theme.ts";

const words: Readonly<Record<Theme, string>> = { system: "Auto", light: "Light", dark: "Dark" };

export function ThemeToggle() {
  return (
    <fieldset class="theme-toggle">
      <legend class="visually-hidden">Colours</legend>
      {themes.map((one) => (
        <label key={one} class="theme-choice" title={one === "system" ? "As the system says" : undefined}>
          <input
            type="radio"
            class="visually-hidden"
            name="theme"
            value={one}
            checked={theme.value === one}
            onChange={() => {
              theme.value = one;
            }}
          />
          <span>{words[one]}</span>
        </label>
      ))}
    </fieldset>
  );
}
