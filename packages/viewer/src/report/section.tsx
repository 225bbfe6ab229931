/** A part of the report that can be folded away. */
import type { ComponentChildren } from "preact";

export interface SectionProps {
  /** `data-section`, and the id that links lead to. */
  readonly name: string;
  readonly title: string;
  /** What it shows, in a few words, beside the title. */
  readonly about?: ComponentChildren;
  /** It is closed to begin with. */
  readonly folded?: boolean;
  readonly children: ComponentChildren;
}

export function Section({ name, title, about, folded = false, children }: SectionProps) {
  return (
    <details class="section" id={`section-${name}`} data-section={name} open={!folded}>
      <summary class="section-title">
        <h3>{title}</h3>
        {about !== undefined && <span class="section-about muted">{about}</span>}
      </summary>
      <div class="section-inside">{children}</div>
    </details>
  );
}
