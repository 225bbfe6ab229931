/** One file as text: its beginning, for files may be gigabytes. */
import { visible } from "@eddy/workbench/pictures";
import { Trouble, Waiting } from "../page.tsx";
import { visibleLines } from "../report/visible-lines.ts";
import { fetchExcerpt } from "./client.ts";
import { fileSize } from "./format.ts";
import { useLoaded } from "./loaded.ts";
import { Retry } from "./retry.tsx";
import { downloadHref, fileHref } from "./route.ts";

/** bytes */
const limit = 1_000_000;

export function FileText({ id, path }: { id: string; path: string }) {
  const loaded = useLoaded(`${id}/${path}`, (signal) => fetchExcerpt(id, path, limit, signal));
  return (
    <section class="file">
      <div class="file-title">
        <h1 class="mono">{visible(path)}</h1>
        <a href={fileHref(id, path)} target="_blank" rel="noreferrer">
          Open alone
        </a>
        <a href={downloadHref(id, path)} download>
          Download
        </a>
      </div>
      {loaded.state === "waiting" && <Waiting text="Reading the file …" />}
      {loaded.state === "failed" && (
        <Trouble title="The file cannot be read" text={loaded.text}>
          <Retry retry={loaded.retry} />
        </Trouble>
      )}
      {loaded.state === "here" && (
        <>
          {loaded.value.cut && (
            <p class="file-note" role="note">
              These are the first {fileSize(limit)}.{" "}
              <a href={downloadHref(id, path)}>Download the whole file</a>
            </p>
          )}
          <Contents text={loaded.value.text} binary={loaded.value.binary} />
        </>
      )}
    </section>
  );
}

function Contents({ text, binary }: { text: string; binary: boolean }) {
  if (binary) return <p class="none muted">This file is not text.</p>;
  if (text === "") return <p class="none muted">This file is empty.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
    <pre class="panel file-text" tabIndex={0}>
      {visibleLines(text)}
    </pre>
  );
}
