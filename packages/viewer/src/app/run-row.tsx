/** One run in the list. It is drawn anew only when something of it has changed. */
import { type RunEntry, visible } from "@eddy/workbench/pictures";
import { Component } from "preact";
import { count, duration, nothing } from "./format.ts";
import { navigate } from "./navigation.ts";
import { runHref } from "./route.ts";
import { standingOf } from "./standing.ts";
import { StandingMark } from "./standing-mark.tsx";
import { When } from "./when.tsx";

interface Props {
  readonly run: RunEntry;
  /** How many rows of the list stand before it. */
  readonly place: number;
  readonly ticked: boolean;
  readonly onTick: (id: string, on: boolean) => void;
}

export class RunRow extends Component<Props> {
  override shouldComponentUpdate(next: Props): boolean {
    const { run, ticked, place } = this.props;
    return next.run !== run || next.ticked !== ticked || next.place !== place;
  }

  override render() {
    const { run, ticked, place, onTick } = this.props;
    return (
      <tr
        aria-rowindex={place + 2}
        class={ticked ? "ticked" : undefined}
        onClick={(event) => opened(event, run.id)}
      >
        <td class="tick">
          <input
            type="checkbox"
            class="run-tick"
            aria-label={`Select ${visible(run.id)}`}
            checked={ticked}
            onChange={({ currentTarget }) => onTick(run.id, currentTarget.checked)}
          />
        </td>
        <td class="column-verdict">
          <StandingMark standing={standingOf(run)} />
        </td>
        <td class="column-workload">
          <a class="run-link" href={runHref(run.id)} title={visible(run.id)}>
            {visible(nameOf(run))}
          </a>
          {run.remark !== undefined && (
            <span class="remark muted" title={visible(run.remark)}>
              {visible(run.remark)}
            </span>
          )}
          {run.start !== undefined && (
            <span class="row-rest muted">
              <When start={run.start} />
              {rest(run)}
            </span>
          )}
        </td>
        <td class="column-when">
          <When start={run.start} />
        </td>
        <td class="column-duration number">{known(run.duration, duration)}</td>
        <td class="column-operations number">{known(run.operations, count)}</td>
        <td class="column-nodes number">{known(run.nodes, count)}</td>
        <td class="column-faults">
          {visible(run.nemesis?.join(", ") ?? "") || <span class="muted">{nothing}</span>}
        </td>
        <td class="column-seed number mono">{known(run.seed, String)}</td>
      </tr>
    );
  }
}

/** What has no workload is told apart by its folder. */
const nameOf = ({ state, workload, id }: RunEntry): string =>
  state === "damaged" || state === "foreign" || workload === "" ? id : workload;

/** What hidden columns would say, for narrow screens. */
const rest = ({ duration: took, operations, nemesis = [] }: RunEntry): string =>
  [
    took === undefined ? "" : duration(took),
    operations === undefined ? "" : `${count(operations)} ops`,
    ...nemesis,
  ]
    .filter(Boolean)
    .map((part) => ` · ${visible(part)}`)
    .join("");

function known(value: number | undefined, write: (value: number) => string) {
  return value === undefined ? <span class="muted">{nothing}</span> : write(value);
}

/** A click beside the link is one on it, unless something else was meant. */
function opened(event: MouseEvent, id: string): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.target instanceof Element && event.target.closest("a, button, input, label")) return;
  if (getSelection()?.isCollapsed === false) return;
  const href = runHref(id);
  if (event.ctrlKey || event.metaKey) open(href, "_blank");
  else {
    navigate(href);
    scrollTo(0, 0);
  }
}
