import { expect, it } from "vitest";
import { inScript, inStyle } from "./inline.ts";

/** What ends an element, or makes a browser read on in another way. */
const dangers = ["</script>", "</SCRIPT", "<script", "<!--", "</style>", "a</script><!--<script>b"];

it("a script says the same and cannot end its element", () => {
  for (const text of dangers) {
    const script = inScript(
      `return [${JSON.stringify(text)}, \`${text}\`, ${JSON.stringify(text)}.length < 99]`,
    );
    expect(script).not.toMatch(/<\/script|<script|<!--/i);
    expect(new Function(script)()).toEqual([text, text, true]);
  }
});

it("a style sheet cannot end its element either", () => {
  expect(inStyle("a::after { content: '</style>' }")).toBe("a::after { content: '\\3c /style>' }");
});

it("line ends are those that a browser takes the hash of", () => {
  expect([inScript("a\r\nb\rc\n"), inStyle("a\r\nb")]).toEqual(["a\nb\nc\n", "a\nb"]);
});
