/** Between a node's stdout and the network: reads lines as messages, and lets through what the node may send. */
import { type Draft, parseDraft } from "../network/message.ts";
import { serviceNames } from "../network/names.ts";
import type { Network } from "../network/network.ts";
import type { Problem } from "./problem.ts";

/** A problem before it is known whose and when. */
export type Finding = Omit<Problem, "node" | "time">;

/** Takes a line that a node printed: sends it, or says what is wrong with it. */
export function uplink(node: string, line: string, network: Network): Finding | undefined {
  const draft = parseDraft(line);
  const finding =
    typeof draft === "string" ? notAMessage(node, line, draft) : inspect(node, line, draft, network);
  if (finding === undefined && typeof draft !== "string") network.send(draft);
  return finding;
}

/** A line that is no message, and why not: "is not JSON". */
export function notAMessage(node: string, line: string, why: string): Finding {
  return {
    kind: "not-a-message",
    message: `${node} printed a line on stdout that is no message: it ${why}`,
    evidence: line.trim() === "" ? [] : [line],
    advice:
      'Only messages may go to stdout, one {"src", "dest", "body"} a line. Print logs to stderr: console.error.',
  };
}

function inspect(node: string, line: string, { src, dest }: Draft, network: Network): Finding | undefined {
  if (src !== node) {
    return {
      kind: "forged-src",
      message: `${node} sent a message in the name of ${JSON.stringify(src)}`,
      evidence: [line],
      advice: `The "src" of what a node sends is its own name, the node_id of its init: here "${node}".`,
    };
  }
  if (network.knows(dest)) return undefined;
  const service = serviceNames.includes(dest);
  return {
    kind: "unknown-dest",
    message: service
      ? `${node} sent a message to the service ${dest}, which this version of eddy does not have yet`
      : `${node} sent a message to ${JSON.stringify(dest)}, which does not exist`,
    evidence: [line],
    advice: service
      ? "Until it has, only servers that do without services can be tested."
      : 'The "dest" of a reply is the "src" of the request; other nodes are those in node_ids of init.',
  };
}
