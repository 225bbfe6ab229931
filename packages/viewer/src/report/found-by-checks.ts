/** What the checks say of an operation: the findings that name it. */
import { mentions, operationFinder, type RunData } from "@eddy/workbench/pictures";

export interface NamingFinding {
  readonly check: string;
  readonly finding: string;
}

/** Findings that are looked through, of each check, and letters of each; a check of a bad run may have found thousands. */
const [mostFindings, longest] = [1_000, 20_000];

/** The findings that name each operation, by its row. */
export function findingsByOperation({
  checks,
  operations,
}: Pick<RunData, "checks" | "operations">): ReadonlyMap<number, readonly NamingFinding[]> {
  const byRow = new Map<number, NamingFinding[]>();
  const find = operationFinder(operations);
  for (const { name, valid, findings } of checks) {
    if (valid === true) continue;
    for (const finding of findings.slice(0, mostFindings)) {
      const named = mentions(finding.slice(0, longest)).map(find);
      for (const row of new Set(named)) {
        if (row === undefined) continue;
        const known = byRow.get(row);
        if (known) known.push({ check: name, finding });
        else byRow.set(row, [{ check: name, finding }]);
      }
    }
  }
  return byRow;
}
