/**
 * Whatever comes in on stdin: no bytes end the node, and every request that is one gets the answer to it and to no other.
 * `make test` tries 100,000 inputs, `make fuzz` as many as FUZZ_CASES says, from another seed each time.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { RPCError } from "../src/errors.ts";
import { LineReader } from "../src/lines.ts";
import { Node } from "../src/node.ts";

const cases = Number(process.env.FUZZ_CASES ?? 100_000);
const settings = process.env.FUZZ_CASES === undefined ? { seed: 20 } : {};

/** Feeds a node with bytes, chunk by chunk, and returns the lines that it wrote. */
async function feed(chunks: readonly Buffer[]): Promise<string[]> {
  const written: string[] = [];
  const node = new Node();
  node.handle("echo", ({ body }) => ({ type: "echo_ok", echo: body.echo }));
  node.handle("later", async ({ body }) => ({ type: "later_ok", echo: body.echo }));
  node.handle("throw", () => {
    throw new RPCError(1000, "as asked");
  });
  node.handle("ask", async () => {
    await node.rpc("n2", { type: "question" });
    return { type: "ask_ok" };
  });
  await node.run({
    async read(take) {
      const lines = new LineReader();
      for (const chunk of chunks) for (const line of lines.push(chunk)) take(line);
      for (const line of lines.end()) take(line);
    },
    write: (line) => written.push(line),
    async flush() {},
  });
  return written;
}

/** JSON text of a value, as the node writes it. */
const json: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom(
      "null",
      "true",
      "0",
      "-1",
      "1.5",
      "1e+21",
      '""',
      "[]",
      '{"__proto__":1,"constructor":{}}',
    ),
  },
  {
    weight: 20,
    arbitrary: fc.string({ unit: "binary", maxLength: 8 }).map((text) => JSON.stringify(text)),
  },
  {
    weight: 10,
    arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }).map((number) => JSON.stringify(number)),
  },
  { weight: 20, arbitrary: fc.bigInt().map(String) },
  { weight: 20, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
  {
    weight: 20,
    arbitrary: fc
      .array(fc.bigInt().map(String), { maxLength: 3 })
      .map((list) => `{"list":[${list}],"text":"${list}"}`),
  },
  // Deeper than JSON.stringify goes.
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1, max: 10_000 }).map((depth) => "[".repeat(depth) + "]".repeat(depth)),
  },
);

const name = fc.oneof(
  fc.constantFrom("c1", "c12", "n2", "__proto__", ""),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const msgId = fc.option(fc.oneof(fc.nat(), fc.constantFrom(0, -1, 2 ** 53 - 1)), { nil: undefined });

/** A line, and what the node must answer to it. */
interface Line {
  readonly text: string;
  readonly answer?: string;
}

/** A message of a client, as the workbench writes it, or with other keys in another order, and with spaces. */
function message(src: string, fields: readonly string[], style: number): string {
  const body = `{${fields.join(style === 0 ? "," : " , ")}}`;
  const [from, to] = [JSON.stringify(src), '"n1"'];
  if (style === 0) return `{"id":7,"src":${from},"dest":${to},"body":${body}}`;
  if (style === 1) return `{"src":${from},"dest":${to},"body":${body}}`;
  return ` {"body" : ${body},"other":[{"src":1}],\t"dest":${to} , "src":${from}} `;
}

function answer(dest: string, id: number | undefined, body: string): string {
  return id === undefined
    ? ""
    : `{"src":"n1","dest":${JSON.stringify(dest)},"body":{${body},"in_reply_to":${id}}}`;
}

const request: fc.Arbitrary<Line> = fc
  .tuple(fc.constantFrom("echo", "throw", "constructor", "__proto__"), name, msgId, json, fc.nat({ max: 2 }))
  .map(([type, src, id, echo, style]) => {
    const fields = [`"echo":${echo}`, `"type":"${type}"`, ...(id === undefined ? [] : [`"msg_id":${id}`])];
    const bodies: Record<string, string> = {
      echo: `"type":"echo_ok","echo":${echo}`,
      throw: '"type":"error","code":1000,"text":"as asked"',
    };
    const unknown = `"type":"error","code":10,"text":"this node has no handler for \\"${type}\\""`;
    const body = Object.hasOwn(bodies, type) ? (bodies[type] ?? "") : unknown;
    return { text: message(src, fields, style), answer: answer(src, id, body) };
  });

const noRequest: fc.Arbitrary<Line> = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, "")),
    fc.constantFrom(
      "",
      " ",
      "null",
      "[]",
      '"',
      "{}",
      "\u0000",
      "[".repeat(100),
      '{"src":"c1","dest":"n1","body":{}}',
    ),
    fc.tuple(request, fc.nat()).map(([{ text }, at]) => text.trimEnd().slice(0, at % text.trimEnd().length)),
    fc
      .constantFrom("1.5", '"1"', "null", "true", "9007199254740993", "[1]", "-1e400")
      .map((id) => message("c1", ['"type":"echo"', `"msg_id":${id}`], 0)),
    fc.integer().map((id) => message("n2", ['"type":"error"', `"in_reply_to":${id}`], 1)),
  )
  .map((text) => ({ text }));

const secondInit: fc.Arbitrary<Line> = fc.nat().map((id) => ({
  text: message("c0", ['"type":"init"', `"msg_id":${id}`, '"node_id":"n9"', '"node_ids":["n9"]'], 1),
  answer: answer("c0", id, '"type":"error","code":12,"text":"this node is n1 already, init comes once"'),
}));

const init: Line = {
  text: message("c0", ['"type":"init"', '"msg_id":1', '"node_id":"n1"', '"node_ids":["n1","n2"]'], 0),
  answer: answer("c0", 1, '"type":"init_ok"'),
};

const line = fc.oneof({ weight: 4, arbitrary: request }, { weight: 3, arbitrary: noRequest }, secondInit);
const cuts = fc.array(fc.nat(), { maxLength: 6 });

function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

it(`answers every request, and only those, in ${cases * 0.6} inputs`, { timeout: 0 }, async () => {
  const ends = fc.array(fc.constantFrom("\n", "\r\n", "\n\n"), { minLength: 7, maxLength: 7 });
  const property = fc.asyncProperty(fc.array(line, { maxLength: 6 }), ends, cuts, async (lines, ends, at) => {
    const all = [init, ...lines];
    const text = all.map(({ text }, i) => text + ends[i]).join("");
    const written = await feed(cut(Buffer.from(text), at));
    const expected = all.flatMap(({ answer = "" }) => (answer === "" ? [] : [answer]));
    // Init is answered when its hook is done, and a second one after that: requests are not held up by them.
    expect(written.sort()).toEqual(expected.sort());
  });
  await fc.assert(property, { ...settings, numRuns: cases * 0.6 });
});

it(`lives on, and answers nothing that was not asked, in ${cases * 0.4} inputs of torn bytes`, {
  timeout: 0,
}, async () => {
  const types = fc.constantFrom("echo", "later", "ask", "init", "throw");
  const requests = fc
    .tuple(types, fc.nat({ max: 9 }), json)
    .map(([type, id, echo]) =>
      message(
        `c${id}`,
        [`"type":"${type}"`, `"msg_id":${id}`, `"echo":${echo}`, '"node_id":"n1"', '"node_ids":[]'],
        0,
      ),
    );
  const tear = fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.uint8Array({ maxLength: 3 }));
  const property = fc.asyncProperty(
    fc.array(requests, { minLength: 1, maxLength: 5 }),
    fc.array(tear, { maxLength: 4 }),
    cuts,
    async (requests, tears, at) => {
      let bytes = Buffer.from([init.text, ...requests].map((text) => `${text}\n`).join(""));
      for (const [place, length, put] of tears) {
        const from = place % (bytes.length + 1);
        bytes = Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + length)]);
      }
      const asked = bytes.toString().split("\n").flatMap(asker);
      for (const text of await feed(cut(bytes, at))) {
        const { src, dest, body } = JSON.parse(text);
        expect([typeof src, typeof body.type]).toEqual(["string", "string"]);
        if (body.type === "question") continue;
        const request = asked.indexOf(`${dest} ${body.in_reply_to}`);
        expect(request, text).not.toBe(-1);
        asked.splice(request, 1);
      }
    },
  );
  await fc.assert(property, { ...settings, numRuns: cases * 0.4 });
});

/** Who asks on this line, and under which number; read without the library. */
function asker(line: string): string[] {
  try {
    const { src, body } = JSON.parse(line);
    return [`${src} ${body.msg_id}`];
  } catch {
    return [];
  }
}
