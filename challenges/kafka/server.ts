/** The kafka challenge: logs that all nodes append to and read from. What has to be agreed on, the service lin-kv decides. */
import { LinKV, Node } from "@eddy/node";
import { type Entry, Log } from "./log.ts";

/** An offset in each of some logs. */
type Offsets = Readonly<Record<string, number>>;
/** Messages of some logs, each with its offset. */
type Messages = Readonly<Record<string, readonly [number, unknown][]>>;

export interface KafkaProtocol {
  send(request: { key: string; msg: unknown }): { type: "send_ok"; offset: number };
  poll(request: { offsets: Offsets }): { type: "poll_ok"; msgs: Messages };
  commit_offsets(request: { offsets: Offsets }): { type: "commit_offsets_ok" };
  list_committed_offsets(request: { keys: readonly string[] }): Committed;
}
type Committed = { type: "list_committed_offsets_ok"; offsets: Offsets };

export class KafkaServer {
  readonly #node: Node<KafkaProtocol>;
  readonly #entries: LinKV<Entry>;
  readonly #committed: LinKV<number>;
  readonly #logs = new Map<string, Log>();

  /** A test gives a node of its own. */
  constructor(node = new Node<KafkaProtocol>()) {
    this.#node = node;
    this.#entries = new LinKV(node);
    this.#committed = new LinKV(node);
    node.handle("send", ({ body }) => this.#send(body.key, body.msg));
    node.handle("poll", ({ body }) => this.#poll(body.offsets));
    node.handle("commit_offsets", ({ body }) => this.#commit(body.offsets));
    node.handle("list_committed_offsets", ({ body }) => this.#listCommitted(body.keys));
  }

  /** Serves until the input ends. */
  run(): Promise<void> {
    return this.#node.run();
  }

  async #send(key: string, msg: unknown): Promise<{ type: "send_ok"; offset: number }> {
    return { type: "send_ok", offset: await this.#log(key).append(msg) };
  }

  async #poll(offsets: Offsets): Promise<{ type: "poll_ok"; msgs: Messages }> {
    const msgs = Object.entries(offsets).map(
      async ([key, offset]) => [key, await this.#log(key).from(offset)] as const,
    );
    return { type: "poll_ok", msgs: Object.fromEntries(await Promise.all(msgs)) };
  }

  /** What is committed only grows: so it does no harm when a request comes late, or twice. */
  async #commit(offsets: Offsets): Promise<{ type: "commit_offsets_ok" }> {
    const commits = Object.entries(offsets).map(([key, offset]) =>
      this.#committed.update(committed(key), (stored = offset) => Math.max(stored, offset)),
    );
    await Promise.all(commits);
    return { type: "commit_offsets_ok" };
  }

  async #listCommitted(keys: readonly string[]): Promise<Committed> {
    const offsets: Record<string, number> = {};
    const reads = keys.map(async (key) => {
      const offset = await this.#committed.readOr(committed(key), undefined, { retry: true });
      if (offset !== undefined) offsets[key] = offset;
    });
    await Promise.all(reads);
    return { type: "list_committed_offsets_ok", offsets };
  }

  #log(key: string): Log {
    const log = this.#logs.get(key) ?? new Log(this.#entries, key);
    this.#logs.set(key, log);
    return log;
  }
}

/** Where the committed offset of a log is stored. */
function committed(key: string): string {
  return `committed/${key}`;
}
