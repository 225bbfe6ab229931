/** Options and numbers of two runs as tables: what differs is to be seen at once, the rest is folded. */
import { type RunData, visible } from "@eddy/workbench/pictures";
import { type Compared, compared, difference, written } from "./comparison.ts";
import { type Leaf, leavesOfBoth } from "./differences.ts";
import { nothing, plural } from "./format.ts";

export function CompareOptions({ a, b }: { a: RunData["options"]; b: RunData["options"] }) {
  const leaves = leavesOfBoth(a, b);
  const different = leaves.filter(({ differs }) => differs);
  const same = leaves.filter(({ differs }) => !differs);
  return (
    <section aria-labelledby="compare-options">
      <h2 id="compare-options">Options that differ</h2>
      {different.length === 0 ? (
        <p class="muted">None: both were run with the same options, the seed among them.</p>
      ) : (
        <OptionTable leaves={different} both />
      )}
      {same.length > 0 && (
        <details>
          <summary>{plural(same.length, "option is", "options are")} the same</summary>
          <OptionTable leaves={same} both={false} />
        </details>
      )}
    </section>
  );
}

function OptionTable({ leaves, both }: { leaves: readonly Leaf[]; both: boolean }) {
  return (
    <table class="table compare-table">
      <thead>
        <tr>
          <th scope="col">Option</th>
          <th scope="col">{both ? "A" : "A and B"}</th>
          {both && <th scope="col">B</th>}
        </tr>
      </thead>
      <tbody>
        {leaves.map(({ path, a, b }) => (
          <tr key={path}>
            <th scope="row" class="mono">
              {visible(path)}
            </th>
            <td class="mono">{a === undefined ? <span class="muted">{nothing}</span> : visible(a)}</td>
            {both && (
              <td class="mono">{b === undefined ? <span class="muted">{nothing}</span> : visible(b)}</td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CompareNumbers({ a, b }: { a: RunData; b: RunData }) {
  return (
    <section aria-labelledby="compare-numbers">
      <h2 id="compare-numbers">Numbers</h2>
      <table class="table compare-table compare-numbers">
        <thead>
          <tr>
            <th scope="col">
              <span class="visually-hidden">Number</span>
            </th>
            <th scope="col" class="number">
              A
            </th>
            <th scope="col" class="number">
              B
            </th>
            <th scope="col" class="number">
              B against A
            </th>
          </tr>
        </thead>
        {compared(a, b).map(({ name, rows }) => (
          <tbody key={name}>
            <tr class="group">
              <th scope="rowgroup" colSpan={4}>
                {name}
              </th>
            </tr>
            {rows.map((row) => (
              <NumberRow key={visible(row.name)} row={row} />
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function NumberRow({ row }: { row: Compared }) {
  const by = difference(row);
  return (
    <tr>
      <th scope="row">{visible(row.name)}</th>
      <td class="number">{written(row.a, row.unit)}</td>
      <td class="number">{written(row.b, row.unit)}</td>
      <td class={`number difference ${by === "same" ? "muted" : ""}`}>{by}</td>
    </tr>
  );
}
