/** The RPCs of the workload kafka. */
import type { Rpc } from "../clients/rpc.ts";

const offsets = { map: "integer" } as const;

export const send: Rpc = {
  doc:
    "Appends a message, any JSON value, to the log of a key. The node answers with the offset that it gave the message: " +
    "an integer that no other message of the key has.",
  request: { type: "send", fields: { key: "string", msg: "any" } },
  reply: { type: "send_ok", fields: { offset: "integer" } },
};

export const poll: Rpc = {
  doc:
    "Asks for messages of several logs, each from an offset on. For each key the node answers with pairs of an offset and a " +
    "message, in the order of the log and without leaving one out, the first of them at the offset that was asked for or, if " +
    "that holds nothing, at the next. It may give as few as it likes, and leave out keys of which it has nothing to give.",
  request: { type: "poll", fields: { offsets } },
  reply: { type: "poll_ok", fields: { msgs: { map: { array: { tuple: ["integer", "any"] } } } } },
};

export const commitOffsets: Rpc = {
  doc: "Tells the node that the client has done with the messages of these keys up to and with these offsets.",
  request: { type: "commit_offsets", fields: { offsets } },
  reply: { type: "commit_offsets_ok", fields: {} },
};

export const listCommittedOffsets: Rpc = {
  doc: "Asks up to where messages of these keys were committed. The node leaves out keys of which it knows nothing.",
  request: { type: "list_committed_offsets", fields: { keys: { array: "string" } } },
  reply: { type: "list_committed_offsets_ok", fields: { offsets } },
};
