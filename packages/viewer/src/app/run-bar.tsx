/** Over a run: the way back, its neighbours, and what can be done with it. */
import { visible } from "@eddy/workbench/pictures";
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { ComparePicker } from "./compare-picker.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import { backToList, navigate } from "./navigation.ts";
import { filesHref, runHref, zipHref } from "./route.ts";
import { neighbours, runList } from "./run-store.ts";

export function RunBar({ id }: { id: string }) {
  const [asked, setAsked] = useState<"compare" | "delete" | undefined>();
  const { older, newer } = neighbours(runList.value?.runs ?? [], id);
  const close = (): void => setAsked(undefined);
  return (
    <nav class="run-bar" aria-label="Run">
      <a class="button quiet" href={backToList()}>
        <span aria-hidden="true">←</span> Runs
      </a>
      <span class="run-bar-id mono" title={visible(id)}>
        {visible(id)}
      </span>
      <span class="run-bar-steps">
        <Step to={older?.id} title="The run of this workload before this one" keyName="[">
          ‹ <span class="step-word">Older</span>
        </Step>
        <Step to={newer?.id} title="The run of this workload after this one" keyName="]">
          <span class="step-word">Newer</span> ›
        </Step>
      </span>
      <span class="run-bar-actions">
        <a class="button" href={filesHref(id)}>
          Files
        </a>
        <a class="button" href={zipHref(id)} download title="The whole folder as a zip">
          Download
        </a>
        <button type="button" class="button" onClick={() => setAsked("compare")}>
          Compare with …
        </button>
        <button type="button" class="button danger" onClick={() => setAsked("delete")}>
          Delete …
        </button>
      </span>
      {asked === "compare" && <ComparePicker id={id} onClose={close} />}
      {asked === "delete" && (
        <DeleteDialog
          ids={[id]}
          onClose={(gone) => {
            close();
            if (gone.length > 0) navigate(backToList());
          }}
        />
      )}
    </nav>
  );
}

interface StepProps {
  readonly to: string | undefined;
  readonly title: string;
  readonly keyName: string;
  readonly children: ComponentChildren;
}

function Step({ to, title, keyName, children }: StepProps) {
  const words = `${title} (${keyName})`;
  if (to === undefined) {
    return (
      <span class="button quiet" aria-disabled="true" title={`${title}: there is none`}>
        {children}
      </span>
    );
  }
  return (
    <a class="button quiet" href={runHref(to)} title={words} aria-keyshortcuts={keyName}>
      {children}
    </a>
  );
}
