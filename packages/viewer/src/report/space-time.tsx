/** The space-time diagram in a page: what it shows can be chosen, messages can be selected, gone through by keys, and followed. */
import type { SpaceTimeTarget } from "@eddy/workbench/pictures";
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { plural } from "../app/format.ts";
import { Follow } from "./follow.tsx";
import { MessageFilterBar } from "./message-filter.tsx";
import { knownOf, MessageModel } from "./message-model.ts";
import { MessageTip } from "./message-tip.tsx";
import { FaultTip } from "./operation-tip.tsx";
import { selectionText } from "./selection-text.ts";
import { SpaceTimeLegend } from "./space-time-legend.tsx";
import { TimeCanvas } from "./time-canvas.tsx";
import type { View } from "./view.ts";

export function SpaceTime({ view }: { view: View }) {
  const model = useMemo(() => new MessageModel(view), [view]);
  const said = useSignal("");
  const { run } = view;
  if (run.messages.id.length === 0) {
    return (
      <p class="muted">
        {run.messages.total === 0 ? "No message was sent." : "The messages of this run are not in this file."}
      </p>
    );
  }
  const pick = (target: SpaceTimeTarget | undefined): void => {
    if (target?.kind === "lane") toggleLane(model, target);
    else if (target?.kind !== "fault") {
      model.cursor.value = undefined;
      view.select(target && { kind: "message", row: target.row });
    }
  };
  return (
    <div class="space-time">
      <MessageFilterBar model={model} />
      <SpaceTimeLegend />
      <TimeCanvas<SpaceTimeTarget>
        view={view}
        name="space-time"
        label={label(view)}
        height={model.layout.value.height}
        draw={(pen, frame) => model.picture.value.draw(pen, frame, model.emphasis.value)}
        find={(x, y, frame) => model.picture.peek().find(x, y, frame, model.emphasis.peek().way)}
        describe={(target) => <Tip view={view} target={target} />}
        pick={pick}
        press={(event) => {
          const text = press(model, event);
          if (text === undefined) return false;
          said.value = text;
          return true;
        }}
      />
      <p class="space-time-said muted" role="status" aria-live="polite">
        {said.value}
      </p>
      <Follow model={model} />
    </div>
  );
}

function Tip({ view: { run }, target }: { view: View; target: SpaceTimeTarget }) {
  if (target.kind === "message") return <MessageTip run={run} row={target.row} />;
  if (target.kind === "fault") return <FaultTip fault={target.fault} />;
  const { kind, names, node, label } = target.lane;
  if (kind === "clients") return <p>Click to give each of these clients a line of its own.</p>;
  if (kind === "client" && node !== "")
    return (
      <p>
        {label} is a client of {node}.
      </p>
    );
  return (
    <p>
      {label} {kind === "node" && names.length === 0 ? "sent and got nothing." : `is a ${kind}.`}
    </p>
  );
}

/** Unfolds the clients of a lane, or folds them together again. */
function toggleLane({ unfolded }: MessageModel, { lane }: SpaceTimeTarget & { kind: "lane" }): void {
  if (lane.kind !== "clients" && lane.kind !== "client") return;
  const changed = new Set(unfolded.peek());
  if (!changed.delete(lane.node)) changed.add(lane.node);
  unfolded.value = changed;
}

/** Up and down go from message to message, C to the cause of one, Enter selects it. @returns what is to be said, if the key was taken */
function press(model: MessageModel, event: KeyboardEvent): string | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const { view } = model;
  const tell = (row: number | undefined, otherwise: string): string =>
    row === undefined ? otherwise : selectionText(view.run, { kind: "message", row });
  const at = model.cursor.peek() ?? selectedRow(view);
  switch (event.key) {
    case "ArrowDown":
      return tell(model.step(1), "There is no later message.");
    case "ArrowUp":
      return tell(model.step(-1), "There is no earlier message.");
    case "c": {
      const cause = at === undefined ? -1 : (knownOf(view.run).causes.cause[at] ?? -1);
      return tell(model.moveTo(cause < 0 ? undefined : cause), "Nothing is known to have caused it.");
    }
    case "Enter": {
      if (at === undefined) return undefined;
      model.cursor.value = undefined;
      view.select({ kind: "message", row: at });
      return "";
    }
    default:
      return undefined;
  }
}

function selectedRow(view: View): number | undefined {
  const selected = view.selected.peek();
  return selected?.kind === "message" ? selected.row : undefined;
}

function label({ run: { nodes, messages } }: View): string {
  return `Space-time diagram: ${plural(messages.total, "message")} between ${plural(nodes.length, "node")}, their clients and services. Arrow down and up go from message to message, C to its cause, Enter selects it.`;
}
