/**
 * Kafka: clients send messages to logs, each of which has a key, and poll them in the order of the log.
 *
 * A log is append-only; a message in it has an offset, an integer. Offsets go up and may leave some out. `send` appends a
 * message and ends ok with its offset. `assign` chooses the keys that a client polls from then on: with those that it had
 * before it goes on where it is; for others it asks for the committed offset, and begins there, or at 0 when there is none.
 * `poll` asks for messages of these keys from where the client is, commits the highest offsets that it was given, and only
 * then goes on behind them. `crash` loses a client: a new one takes its place, and begins without any keys.
 *
 * One operation in 64 is an assign, and about half of the others are sends, half polls; each client crashes every 30 s, on
 * average. There are `--key-count` keys at a time (10), each twice as likely as the one before; when a key has got
 * `--max-writes-per-key` messages, a new one takes its place. At the end, when all is healed and 10 s have passed, every
 * client crashes, and its successor polls all keys from the beginning until it was given as much as was ever acknowledged or
 * polled, for 10 s at most.
 *
 * An error that says that nothing happened ends an operation `fail`, any other error and a reply that does not come within
 * 5 s `info`; an assign changes nothing, and has then failed. A crash always ends `info`.
 *
 * The history is right when everybody saw the same logs: each offset holds one message and each message has one offset,
 * polls give messages in the order of the log and leave none out, within a poll and from one poll of a client to the next,
 * what one client sends to a key gets offsets that go up, and everything that was acknowledged is polled by somebody.
 */
import { KafkaChecker } from "../checkers/kafka/checker.ts";
import { performKafka } from "./kafka-client.ts";
import { kafkaFinal, kafkaOperations } from "./kafka-operations.ts";
import { progressOf } from "./kafka-progress.ts";
import { commitOffsets, listCommittedOffsets, poll, send } from "./kafka-rpcs.ts";
import type { Workload } from "./workload.ts";

export const kafka: Workload = {
  name: "kafka",
  rpcs: {
    send,
    poll,
    commit_offsets: commitOffsets,
    list_committed_offsets: listCommittedOffsets,
  },
  generator: kafkaOperations,
  final: kafkaFinal,
  perform: (client, invocation, context) => performKafka(client, invocation, progressOf(context)),
  idempotent: new Set(["assign"]),
  checker: () => new KafkaChecker({ needsFinalPhase: true }),
  meaning: "everybody saw the same logs, in order, and every acknowledged message was polled",
};
