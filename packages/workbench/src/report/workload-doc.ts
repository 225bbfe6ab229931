/** The documentation of workloads, for `eddy doc` and docs/workloads.md: the opening comments of their files, and their RPCs. */
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { describeReply, describeRequest } from "../clients/rpc.ts";
import type { Workload } from "../workloads/workload.ts";

/** One workload, in Markdown. */
export function workloadDoc(workload: Workload): string {
  const rpcs = Object.entries(workload.rpcs).map(([name, { doc, request, reply }]) =>
    [`### RPC ${name}`, doc, `    ${describeRequest(request)}\n    ${describeReply(reply)}`].join("\n\n"),
  );
  return [`## ${workload.name}`, openingComment(workload.name), ...rpcs].join("\n\n");
}

/** Several workloads, in Markdown, with a table of their names. */
export function workloadDocs(workloads: Iterable<Workload>): string {
  const all = [...workloads];
  const names = all.map(({ name }) => `- [${name}](#${name})`).join("\n");
  return `${["# Workloads", introduction, names, ...all.map(workloadDoc)].join("\n\n")}\n`;
}

const introduction = `What clients do, what a server has to answer, and how the history is judged. This page is what \`eddy doc\` prints: the opening
comments of the files in packages/workbench/src/workloads.

Every request has a \`msg_id\` and every reply an \`in_reply_to\`; in the shapes below, \`any\` is any JSON, and a field with a question
mark may be missing. Instead of a reply a server may send an error, \`{"type": "error", "code": integer, "text": string,
"in_reply_to": integer}\`. One whose code says that nothing happened ends the operation \`fail\`, any other, and no reply in time, \`info\`;
what changes nothing has failed in either case. [node.md](node.md#errors) lists the codes.`;

/** The text of the comment with which a workload's file begins. */
function openingComment(name: string): string {
  const file = new URL(`../workloads/${name}${extname(import.meta.url)}`, import.meta.url);
  const [, comment = ""] = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(file, "utf8")) ?? [];
  return comment.replaceAll(/^ ?\* ?/gm, "").trim();
}
