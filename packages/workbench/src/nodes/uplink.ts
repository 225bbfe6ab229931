/** Between a node's stdout and the network: reads lines as messages, and lets through what the node may send. */
import { fromBytes } from "../network/bytes.ts";
import { type Draft, parseDraft } from "../network/message.ts";
import { isClient } from "../network/names.ts";
import type { Network } from "../network/network.ts";
import type { Problem } from "./problem.ts";

/** A problem before it is known whose and when. */
export type Finding = Omit<Problem, "node" | "time">;

/** Takes a line that a node printed, as bytes: sends it, or says what is wrong with it. */
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
    evidence: line.trim() === "" ? [] : [fromBytes(line)],
    advice:
      'Only messages may go to stdout, one {"src", "dest", "body"} a line. Print logs to stderr: console.error.',
  };
}

/** A node may hand the request of a client on to another, which then answers that client: nodes of Maelstrom's do. */
function isForwarded(src: string, dest: string, network: Network): boolean {
  return isClient(src) && network.knows(src) && !isClient(dest);
}

function inspect(node: string, line: string, { src, dest }: Draft, network: Network): Finding | undefined {
  if (src !== node && !isForwarded(src, dest, network)) {
    return {
      kind: "forged-src",
      message: `${node} sent a message in the name of ${JSON.stringify(src)}`,
      evidence: [fromBytes(line)],
      advice: `The "src" of what a node sends is its own name, the node_id of its init: here "${node}".`,
    };
  }
  if (network.knows(dest)) return undefined;
  return {
    kind: "unknown-dest",
    message: `${node} sent a message to ${JSON.stringify(dest)}, which does not exist`,
    evidence: [fromBytes(line)],
    advice:
      'The "dest" of a reply is the "src" of the request; other nodes are those in node_ids of init, and services have names such as lin-kv.',
  };
}
