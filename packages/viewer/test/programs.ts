/** Servers in memory, for runs that the tests of the pages look at: good ones, a naive one, and one that says what no page may take for its own. */
import type { MemoryProgram, Surroundings } from "../../workbench/src/nodes/memory-node.ts";

interface Body {
  readonly type: string;
  readonly msg_id: number;
  readonly [field: string]: unknown;
}

/** A node that answers: for each type of a request what it says; `undefined` says nothing. */
type Handlers = (node: Self) => Readonly<Record<string, (body: Body, src: string) => object | undefined>>;

interface Self extends Surroundings {
  /** Known from `init` on. */
  readonly id: () => string;
  readonly ids: () => readonly string[];
  readonly say: (dest: string, body: object) => void;
}

function answering(handlers: Handlers): MemoryProgram {
  return (around) => {
    let [id, ids]: [string, readonly string[]] = ["", []];
    const say = (dest: string, body: object): void => around.send(JSON.stringify({ src: id, dest, body }));
    const handle = handlers({ ...around, id: () => id, ids: () => ids, say });
    return (line) => {
      const { src, body }: { src: string; body: Body & { node_id: string; node_ids: string[] } } =
        JSON.parse(line);
      if (body.type === "init") {
        [id, ids] = [body.node_id, body.node_ids];
        around.log(`${id} is up`);
      }
      const answer = body.type === "init" ? { type: "init_ok" } : handle[body.type]?.(body, src);
      if (!answer) return;
      // It takes its time, so that there is something to be seen.
      around.clock.schedule(around.clock.now() + (1 + around.random.float() * 9) * 1e6, () =>
        say(src, { ...answer, in_reply_to: body.msg_id }),
      );
    };
  };
}

/** Time passes in virtual time as in a log of the real one. */
const stamped = ({ clock, log }: Self, text: string): void =>
  log(`${new Date(Date.UTC(2000) + clock.now() / 1e6).toISOString()} ${text}`);

/** Sends every payload back. */
export const echo = answering((node) => ({
  echo: ({ echo }) => {
    stamped(node, `echoes ${JSON.stringify(echo)}`);
    return { type: "echo_ok", echo };
  },
}));

/** Tells its neighbours once what it hears for the first time: what a partition takes away is lost. */
export const naiveBroadcast = answering((node) => {
  const known = new Set<unknown>();
  let neighbours: readonly string[] = [];
  return {
    topology: ({ topology }) => {
      neighbours = Object(topology)[node.id()];
      return { type: "topology_ok" };
    },
    broadcast: ({ message }, src) => {
      if (!known.has(message)) {
        known.add(message);
        for (const other of neighbours) if (other !== src) node.say(other, { type: "broadcast", message });
      }
      return node.ids().includes(src) ? undefined : { type: "broadcast_ok" };
    },
    read: () => ({ type: "read_ok", messages: [...known] }),
  };
});

/** Hands reads, writes and compare-and-sets on to the service lin-kv, and its answers back. */
export const linKv = answering((node) => {
  const waiting = new Map<number, { readonly src: string; readonly id: number }>();
  let last = 0;
  const ask = (body: Body, src: string): undefined => {
    waiting.set(++last, { src, id: body.msg_id });
    node.say("lin-kv", { ...body, msg_id: last });
  };
  const answer = (body: Body): undefined => {
    const asked = waiting.get(Number(body.in_reply_to));
    if (asked) node.say(asked.src, { ...body, in_reply_to: asked.id });
  };
  return {
    read: ask,
    write: ask,
    cas: ask,
    read_ok: answer,
    write_ok: answer,
    cas_ok: answer,
    error: answer,
  };
});

/** What would run, or mislead, if a page took it for more than text. */
export const hostileTexts = [
  `<img src=x onerror="document.title='owned'">`,
  `</script><script>document.title='owned'</script>`,
  `"><svg onload=document.title='owned'>`,
  `<iframe src="javascript:parent.document.title='owned'"></iframe><link rel=stylesheet href=//evil.invalid/x>`,
  `<!--<script>]]></style><style>*{display:none}</style>`,
  "nul \u0000 bell \u0007 escape \u001b[31m return \r next \u0085 line \u2028 end",
  "right to left \u202e txt.exe \u2066 isolate \u2069 \ufeff zero\u200bwidth",
  "half a pair \ud800 and \udfff",
  "{{7*7}} %3Cscript%3E &lt;script&gt; javascript:document.title='owned'",
] as const;

/** Answers wrongly, with errors, and not at all like a node, in the words above. */
export const hostile = answering((node) => {
  let turn = 0;
  const next = (): string => hostileTexts[turn++ % hostileTexts.length] ?? "";
  return {
    echo: ({ echo }) => {
      const text = next();
      node.log(text);
      stamped(node, text);
      switch (turn % 4) {
        case 0:
          return { type: "error", code: 1000 + turn, text };
        case 1:
          node.say(text, { type: text, [text]: text });
          node.send(text);
          return { type: "echo_ok", echo: { [text]: echo } };
        case 2:
          return { type: text, echo: text };
        default:
          return { type: "echo_ok", echo: text };
      }
    },
  };
});
