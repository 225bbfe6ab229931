/** What clients of the workload kafka do: where each of them is in the logs, and the RPCs that an operation takes. */
import { type Client, ClientCrash, RequestFailed } from "../clients/client.ts";
import type { Invocation } from "../clients/generator.ts";
import { isObject } from "../network/message.ts";
import { excerpt } from "../nodes/problem.ts";
import { second } from "../time/clock.ts";
import type { KafkaProgress } from "./kafka-progress.ts";
import { commitOffsets, listCommittedOffsets, poll, send } from "./kafka-rpcs.ts";

const timeout = 5 * second;

/** For each client the offset from which it polls each of its keys. */
const positions = new WeakMap<Client, ReadonlyMap<string, number>>();

/** Does one operation with a client; resolves with the value that it ends ok with. */
export async function performKafka(
  client: Client,
  { f, value, final = false }: Invocation,
  progress: KafkaProgress,
): Promise<unknown> {
  switch (f) {
    case "crash":
      throw new ClientCrash("the client was made to crash");
    case "assign":
      await assign(client, listOf(value).map(String), final);
      return value;
    case "send":
      return sendMessage(client, value, progress);
    default:
      return pollMessages(client, progress);
  }
}

/** In the final phase clients begin at the beginning, whatever was committed. */
async function assign(client: Client, keys: readonly string[], fromTheStart: boolean): Promise<void> {
  if (fromTheStart) {
    positions.set(client, new Map(keys.map((key) => [key, 0])));
    return;
  }
  const { offsets } = await client.request(listCommittedOffsets, { keys }, timeout);
  const committed = new Map(entriesOf(offsets));
  const before = positions.get(client);
  positions.set(
    client,
    new Map(keys.map((key) => [key, before?.get(key) ?? numberOf(committed.get(key)) ?? 0])),
  );
}

async function sendMessage(client: Client, value: unknown, progress: KafkaProgress): Promise<unknown> {
  const [, key, msg] = listOf(listOf(value)[0]);
  const { offset } = await client.request(send, { key, msg }, timeout);
  checkOffset(client, offset);
  progress.sent(String(key), offset);
  return [["send", key, [offset, msg]]];
}

async function pollMessages(client: Client, progress: KafkaProgress): Promise<unknown> {
  const before = positions.get(client) ?? new Map<string, number>();
  const { msgs } = await client.request(poll, { offsets: Object.fromEntries(before) }, timeout);
  const highest = new Map<string, number>();
  for (const [key, pairs] of entriesOf(msgs)) {
    for (const pair of listOf(pairs)) {
      const [offset] = listOf(pair);
      checkOffset(client, offset);
      highest.set(key, Math.max(highest.get(key) ?? offset, offset));
    }
  }
  if (highest.size > 0)
    await client.request(commitOffsets, { offsets: Object.fromEntries(highest) }, timeout);
  // What failed has not happened: only now the client goes on behind what it was given.
  const after = new Map(before);
  for (const [key, offset] of highest) {
    after.set(key, Math.max(before.get(key) ?? 0, offset + 1));
    progress.polled(key, offset);
  }
  positions.set(client, after);
  return [["poll", msgs]];
}

/** @throws {RequestFailed} when an offset is so large that JSON's numbers in JavaScript cannot tell it from its neighbours */
function checkOffset(client: Client, offset: unknown): asserts offset is number {
  if (typeof offset === "number" && Number.isSafeInteger(offset)) return;
  const message = `${client.node} answered with offset ${excerpt(String(offset))}: offsets beyond 2^53 cannot be told apart`;
  throw new RequestFailed({ kind: "malformed-reply", message });
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isObject(value) ? Object.entries(value) : [];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
