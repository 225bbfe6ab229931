/** A button that copies a text, and says whether it did. */
import { useSignal } from "@preact/signals";

export function Copy({ text, name }: { text: string; name: string }) {
  const said = useSignal("");
  const copy = async (): Promise<void> => {
    said.value = (await copied(text)) ? "Copied" : "Not allowed here: select it";
    setTimeout(() => {
      said.value = "";
    }, 2_000);
  };
  return (
    <span class="copy">
      <button type="button" class="button" aria-label={name} onClick={() => void copy()}>
        Copy
      </button>
      <span class="muted copy-said" role="status">
        {said.value}
      </span>
    </span>
  );
}

/** Pages from the disk may not have the clipboard; there the old way may do. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedFromField(text);
  }
}

function copiedFromField(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
