/** The storm of storm.c for a machine without a C compiler: at each echo a message to every other node. */
let rest = "";
let others: string[] = [];
let told = 0;
process.stdin.setEncoding("utf8").on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  let out = "";
  for (const line of lines) {
    const { src, dest, body } = JSON.parse(line);
    const send = (to: string, content: object): void => {
      out += `${JSON.stringify({ src: dest, dest: to, body: content })}\n`;
    };
    if (body.type === "init") {
      others = body.node_ids.filter((name: string) => name !== dest);
      send(src, { type: "init_ok", in_reply_to: body.msg_id });
    } else if (body.type === "echo") {
      for (const other of others) send(other, { type: "gossip", n: told });
      told += 1;
      send(src, { type: "echo_ok", echo: body.echo, in_reply_to: body.msg_id });
    }
  }
  process.stdout.write(out);
});
