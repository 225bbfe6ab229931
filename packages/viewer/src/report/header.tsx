/** The top of a report: what was tested, what came of it and what that means, and how to do the same again. */
import { type RunData, visible } from "@eddy/workbench/pictures";
import type { ComponentChildren } from "preact";
import { duration, exactly, plural, timeOf } from "../app/format.ts";
import { standingOf } from "../app/standing.ts";
import { StandingMark } from "../app/standing-mark.tsx";
import { ThemeToggle } from "../theme-toggle.tsx";
import { commandLine } from "./command-line.ts";
import { Copy } from "./copy.tsx";
import { partAt } from "./result-values.ts";
import { whatItMeans } from "./what-it-means.ts";

/** @param standalone nothing stands around the page that has a choice of light and dark */
export function Header({ run, standalone }: { run: RunData; standalone: boolean }) {
  const command = commandLine(run.options);
  const started = timeOf(run.start);
  const { seed } = run.options;
  return (
    <header class="report-header" data-verdict={standingOf(run)}>
      <div class="report-title">
        <h1>{visible(run.workload)}</h1>
        <StandingMark standing={standingOf(run)} />
        {standalone && <ThemeToggle />}
      </div>
      <p class="report-meaning">{whatItMeans(run)}</p>
      <dl class="facts">
        <Fact name="Started">{started === undefined ? "nobody knows" : exactly(started)}</Fact>
        <Fact name="Took">{duration(run.end)}</Fact>
        <Fact name="Nodes">{visible(nodesInWords(run.nodes))}</Fact>
        <Fact name="Faults">{visible(faultsInWords(run))}</Fact>
        {(typeof seed === "number" || typeof seed === "string") && (
          <Fact name="Seed">{visible(String(seed))}</Fact>
        )}
      </dl>
      <div class="again">
        <span class="muted again-title">Run it again</span>
        <code class="again-command">
          {command.split(/ (?=-)/).map((words, i) => [
            i > 0 && " ",
            <span key={words} class="again-words">
              {visible(words)}
            </span>,
          ])}
        </code>
        <Copy text={command} name="Copy the command" />
      </div>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function nodesInWords(nodes: readonly string[]): string {
  if (nodes.length === 0) return "none";
  if (nodes.length <= 5) return nodes.join(", ");
  return `${nodes.length}: ${nodes.slice(0, 2).join(", ")} … ${nodes.at(-1)}`;
}

/** What was asked for, and how often it happened. */
function faultsInWords({ options, faults }: RunData): string {
  const times = new Map<string, number>();
  const { faults: asked } = partAt(options, "nemesis");
  if (Array.isArray(asked)) for (const fault of asked) times.set(String(fault), 0);
  for (const { fault } of faults) times.set(fault, (times.get(fault) ?? 0) + 1);
  if (times.size === 0) return "none";
  return [...times]
    .map(([fault, n]) => `${fault} (${n === 0 ? "never happened" : plural(n, "time")})`)
    .join(", ");
}
