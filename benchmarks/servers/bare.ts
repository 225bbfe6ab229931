/** The baseline: an echo server without a library. A chunk in, split, parsed, answered, one write out. */
let rest = "";
process.stdin.setEncoding("utf8").on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  let out = "";
  for (const line of lines) {
    const { src, dest, body } = JSON.parse(line);
    const reply =
      body.type === "init"
        ? { type: "init_ok", in_reply_to: body.msg_id }
        : { type: "echo_ok", echo: body.echo, in_reply_to: body.msg_id };
    out += `${JSON.stringify({ src: dest, dest: src, body: reply })}\n`;
  }
  process.stdout.write(out);
});
