/** What the test was run with: all its options, and the versions of what ran it. */
import { type RunData, shortened, visible } from "@eddy/workbench/pictures";
import { flattened } from "./flattened.ts";
import { Section } from "./section.tsx";

/** Letters of a value that are shown. */
const longest = 500;

export function Options({ run }: { run: RunData }) {
  const rows = [
    ...flattened(run.options),
    ...Object.entries(run.versions).map(([name, version]) => [`version of ${name}`, version] as const),
  ];
  return (
    <Section name="options" title="Options and versions" about={`${rows.length} values`} folded>
      <table class="table options-table">
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{visible(name)}</th>
              <td class="mono">{visible(shortened(value, longest))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
