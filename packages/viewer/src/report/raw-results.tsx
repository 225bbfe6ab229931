/** `results.json` as a tree. What is folded is not there: results may be as large as they like. */
import { shortened, visible } from "@eddy/workbench/pictures";
import { useSignal } from "@preact/signals";
import { count, plural } from "../app/format.ts";
import { Section } from "./section.tsx";

/** Entries, and letters of a text, that are shown before somebody asks for more. */
const [entriesShown, lettersShown] = [100, 1_000];

export function RawResults({ results }: { results: Readonly<Record<string, unknown>> | undefined }) {
  if (!results) return null;
  return (
    <Section name="raw-results" title="Raw results" about="results.json, as it is" folded>
      <div class="tree mono">
        <Entries entries={Object.entries(results)} />
      </div>
    </Section>
  );
}

function Entries({ entries }: { entries: readonly (readonly [string, unknown])[] }) {
  const shown = useSignal(entriesShown);
  const more = entries.length - shown.value;
  return (
    <ul class="tree-entries">
      {entries.slice(0, shown.value).map(([name, value]) => (
        <li key={name}>
          <Entry name={name} value={value} />
        </li>
      ))}
      {more > 0 && (
        <li>
          <button
            type="button"
            class="link"
            onClick={() => {
              shown.value += entriesShown * 5;
            }}
          >
            {count(more)} more
          </button>
        </li>
      )}
    </ul>
  );
}

function Entry({ name, value }: { name: string; value: unknown }) {
  const open = useSignal(false);
  const key = <span class="tree-key">{visible(shortened(name, 300))}</span>;
  if (typeof value !== "object" || value === null)
    return (
      <>
        {key}: <Leaf value={value} />
      </>
    );
  const entries = Object.entries(value);
  const list = Array.isArray(value);
  if (entries.length === 0) return <>{[key, list ? ": []" : ": {}"]}</>;
  return (
    <details
      onToggle={({ currentTarget }) => {
        open.value = currentTarget.open;
      }}
    >
      <summary>
        {key}{" "}
        <span class="muted">
          {list ? plural(entries.length, "entry", "entries") : fieldsInWords(entries)}
        </span>
      </summary>
      {open.value && <Entries entries={entries} />}
    </details>
  );
}

/** A few fields tell what an object is. */
function fieldsInWords(entries: readonly (readonly [string, unknown])[]): string {
  const names = entries.slice(0, 4).map(([name]) => visible(shortened(name, 40)));
  return `{ ${names.join(", ")}${entries.length > 4 ? ", …" : ""} }`;
}

function Leaf({ value }: { value: unknown }) {
  const whole = useSignal(false);
  if (typeof value !== "string") return <span class="tree-leaf">{JSON.stringify(value)}</span>;
  const cut = !whole.value && value.length > lettersShown;
  return (
    <span class="tree-text">
      {visible(JSON.stringify(cut ? shortened(value, lettersShown) : value))}
      {cut && (
        <button
          type="button"
          class="link"
          onClick={() => {
            whole.value = true;
          }}
        >
          … all {plural(value.length, "letter")}
        </button>
      )}
    </span>
  );
}
