/** The other files of the run, where the page knows them. */
import { type RunData, visible } from "@eddy/workbench/pictures";
import { Section } from "./section.tsx";

/** What lies beside a report on the disk, and what each is. */
const beside = [
  ["latency-raw.svg", "each operation and how long it took"],
  ["latency-quantiles.svg", "how long operations took, over time"],
  ["rate.svg", "how many operations ended, over time"],
  ["messages.svg", "the space-time diagram"],
  ["timeline.html", "each process as a track"],
  ["history.txt", "the history, to be read"],
  ["history.jsonl", "the history"],
  ["messages.jsonl", "the journal: every send and every receive"],
  ["results.json", "the verdicts"],
  ["test.json", "the options and versions"],
  ["eddy.log", "what the workbench did"],
] as const;

export function Files({ run, filesHref }: { run: RunData; filesHref: string | undefined }) {
  if (filesHref !== undefined) {
    return (
      <Section name="files" title="Files" about="what the run left behind" folded>
        <p>
          <a href={filesHref}>All files of this run</a>
        </p>
      </Section>
    );
  }
  return (
    <Section name="files" title="Files" about="what lies beside this page" folded>
      <ul class="files-beside">
        {beside.map(([file, what]) => (
          <File key={file} path={file} what={what} />
        ))}
        {run.logs.map(({ node }) => (
          <File key={node} path={`node-logs/${node}.log`} what={`what ${node} wrote to stderr`} />
        ))}
      </ul>
    </Section>
  );
}

function File({ path, what }: { path: string; what: string }) {
  const href = path
    .split("/")
    .map((name) => encodeURIComponent(name.toWellFormed()))
    .join("/");
  return (
    <li>
      <a href={href}>{visible(path)}</a> <span class="muted">{visible(what)}</span>
    </li>
  );
}
