/** A button that opens a list of choices over the page. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (menu.current) menu.current.open = false;
  };
  return (
    <details
      class="menu"
      ref={menu}
      onFocusOut={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) close();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
    >
      <summary class="button">{label}</summary>
      {/* It takes the focus, so that a click beside its choices does not close it. */}
      <div class="menu-list" tabIndex={-1}>
        {children}
      </div>
    </details>
  );
}
