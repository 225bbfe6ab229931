/** Says which messages the space-time diagram shows. */
import { noFilter, type TrafficChoice, trafficChoices, typeCounts, visible } from "@eddy/workbench/pictures";
import { useMemo } from "preact/hooks";
import { count } from "../app/format.ts";
import { Menu } from "./menu.tsx";
import type { MessageModel } from "./message-model.ts";

const traffic: Readonly<Record<TrafficChoice, string>> = {
  all: "all messages",
  clients: "clients and nodes",
  servers: "servers among themselves",
  services: "services",
  lost: "lost messages",
  errors: "errors",
};

/** With more nodes than these they are in a menu of their own. */
const fewNodes = 5;

export function MessageFilterBar({ model }: { model: MessageModel }) {
  const { filter, unfolded, rows, view } = model;
  const { nodes, messages } = view.run;
  const now = filter.value;
  const set = (change: Partial<typeof now>): void => {
    filter.value = { ...now, ...change };
  };
  const allUnfolded = unfolded.value.size >= nodes.length;
  const total = messages.id.length;
  return (
    <div class="space-time-tools">
      <select
        class="input"
        aria-label="Which messages"
        value={now.traffic}
        onChange={({ currentTarget: { value } }) =>
          set({ traffic: trafficChoices.find((one) => one === value) ?? "all" })
        }
      >
        {trafficChoices.map((choice) => (
          <option key={choice} value={choice}>
            {traffic[choice]}
          </option>
        ))}
      </select>
      <Types model={model} />
      {nodes.length > 1 && <Nodes model={model} />}
      <input
        class="input space-time-search"
        type="search"
        placeholder="text in bodies"
        aria-label="Only messages whose bodies hold this text"
        value={now.search}
        onInput={({ currentTarget }) => set({ search: currentTarget.value })}
      />
      <button
        type="button"
        class="button"
        aria-pressed={allUnfolded}
        title="Clients of a node share one line; press to give each a line of its own, or click on the name of such a line"
        onClick={() => {
          unfolded.value = new Set(allUnfolded ? [] : nodes);
        }}
      >
        Each client apart
      </button>
      {rows.value.length < total && (
        <span class="space-time-shown" role="status">
          {count(rows.value.length)} of {count(total)}{" "}
          <button
            type="button"
            class="button quiet"
            onClick={() => {
              filter.value = noFilter;
              model.onlyWay.value = false;
            }}
          >
            Show all
          </button>
        </span>
      )}
    </div>
  );
}

function Types({ model: { filter, view } }: { model: MessageModel }) {
  const types = useMemo(() => typeCounts(view.run.messages), [view]);
  const hidden = filter.value.hiddenTypes;
  const shown = types.filter(({ type }) => !hidden.has(type)).length;
  const set = (hiddenTypes: ReadonlySet<string>): void => {
    filter.value = { ...filter.value, hiddenTypes };
  };
  return (
    <Menu label={shown === types.length ? "All types" : `${shown} of ${types.length} types`}>
      <p class="menu-actions">
        <button type="button" class="button quiet" onClick={() => set(new Set())}>
          All
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => set(new Set(types.map(({ type }) => type)))}
        >
          None
        </button>
      </p>
      {types.slice(0, mostTypes).map(({ type, count: number }) => (
        <label key={type} class="menu-choice">
          <input type="checkbox" checked={!hidden.has(type)} onChange={() => set(toggled(hidden, type))} />
          <span class="menu-name">{type === "" ? "(no type)" : visible(type.slice(0, 60))}</span>
          <span class="muted">{count(number)}</span>
        </label>
      ))}
      {types.length > mostTypes && <p class="muted">{count(types.length - mostTypes)} rarer ones</p>}
    </Menu>
  );
}

/** Types that are listed: a node may invent one for each message. */
const mostTypes = 100;

function Nodes({ model: { filter, view } }: { model: MessageModel }) {
  const { nodes } = view.run;
  const chosen = filter.value.nodes;
  const toggle = (node: string): void => {
    filter.value = { ...filter.value, nodes: toggled(chosen, node) };
  };
  const chips = nodes.map((node) => (
    <button
      key={node}
      type="button"
      class="button node-chip"
      aria-pressed={chosen.has(node)}
      title={`Only messages from and to ${visible(node)}`}
      onClick={() => toggle(node)}
    >
      {visible(node)}
    </button>
  ));
  if (nodes.length <= fewNodes) {
    return (
      <fieldset class="node-chips">
        <legend class="visually-hidden">Only messages of these nodes</legend>
        {chips}
      </fieldset>
    );
  }
  return (
    <Menu label={chosen.size === 0 ? "All nodes" : `${chosen.size} of ${nodes.length} nodes`}>
      <fieldset class="node-chips">
        <legend class="visually-hidden">Only messages of these nodes</legend>
        {chips}
      </fieldset>
    </Menu>
  );
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const changed = new Set(set);
  if (!changed.delete(item)) changed.add(item);
  return changed;
}
