/** `/runs/<workload>/<folder>/files`: what a run left behind, to be looked at and downloaded. */
import { type FileEntry, visible } from "@eddy/workbench/pictures";
import { Trouble, Waiting } from "../page.tsx";
import { fetchFiles } from "./client.ts";
import { byFolder } from "./file-order.ts";
import { FileText } from "./file-text.tsx";
import { fileSize, plural } from "./format.ts";
import { useLoaded } from "./loaded.ts";
import { Retry } from "./retry.tsx";
import { downloadHref, fileHref, filesHref, runHref, viewHref, zipHref } from "./route.ts";

export function FilesPage({ id, view }: { id: string; view: string | undefined }) {
  return (
    <>
      <nav class="run-bar" aria-label="Run">
        <a class="button quiet" href={view === undefined ? runHref(id) : filesHref(id)}>
          <span aria-hidden="true">←</span> {view === undefined ? "Report" : "Files"}
        </a>
        <span class="run-bar-id mono" title={visible(id)}>
          {visible(id)}
        </span>
        <span class="run-bar-actions">
          <a class="button" href={zipHref(id)} download>
            Download all as zip
          </a>
        </span>
      </nav>
      {view === undefined ? <FileList id={id} /> : <FileText key={view} id={id} path={view} />}
    </>
  );
}

function FileList({ id }: { id: string }) {
  const loaded = useLoaded(id, (signal) => fetchFiles(id, signal));
  if (loaded.state === "waiting") return <Waiting text="Looking for files …" />;
  if (loaded.state === "failed") {
    return (
      <Trouble title="The files cannot be listed" text={loaded.text}>
        <Retry retry={loaded.retry} />
      </Trouble>
    );
  }
  const files = byFolder(loaded.value);
  const shown = files.filter(({ remark }) => remark === undefined);
  const size = shown.reduce((sum, file) => sum + file.size, 0);
  return (
    <>
      <div class="list-title">
        <h1>Files</h1>
        <span class="muted">
          {plural(shown.length, "file")}, {fileSize(size)}
        </span>
      </div>
      {files.length === 0 ? (
        <p class="none muted">The folder is empty.</p>
      ) : (
        <table class="table files">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col" class="number">
                Size
              </th>
              <th scope="col">
                <span class="visually-hidden">Download</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {files.map((file) => (
              <FileRow key={file.path} id={id} file={file} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function FileRow({ id, file: { path, size, remark } }: { id: string; file: FileEntry }) {
  if (remark !== undefined) return <Left path={path} remark={remark} />;
  const cut = path.lastIndexOf("/") + 1;
  const name = (
    <>
      <span class="muted">{visible(path.slice(0, cut))}</span>
      {visible(path.slice(cut))}
    </>
  );
  return (
    <tr>
      <td class="mono">
        {drawn(path) ? (
          <a href={fileHref(id, path)} target="_blank" rel="noreferrer">
            {name}
            <span aria-hidden="true"> ↗</span>
            <span class="visually-hidden"> opens in a new tab</span>
          </a>
        ) : (
          <a href={viewHref(id, path)}>{name}</a>
        )}
      </td>
      <td class="number" title={plural(size, "byte")}>
        {fileSize(size)}
      </td>
      <td class="number">
        <a href={downloadHref(id, path)} download aria-label={`Download ${visible(path)}`}>
          Download
        </a>
      </td>
    </tr>
  );
}

/** What is not shown, and why. */
function Left({ path, remark }: { path: string; remark: string }) {
  return (
    <tr class="muted">
      <td colSpan={3}>
        <span class="mono">{path === "" ? "the folder of the run" : visible(path)}</span>: {remark}
      </td>
    </tr>
  );
}

/** What a browser shows by itself, and better than as text. */
const drawn = (path: string): boolean => /\.(svg|png|html)$/.test(path);
