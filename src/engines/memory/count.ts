/** Counts the outcome cells of every slice. */

import {
  type CountPlan,
  compareCells,
  type OutcomeCell,
  type SideOutcome,
  type SliceCount,
} from '../../counts/index.ts';
import type { Attributes } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { membersOf } from './members.ts';

/** See `Engine.count`. */
export function countCells(table: CaseTable, attributes: Attributes, plan: CountPlan): readonly SliceCount[] {
  const { codes, cells } = outcomeCodes(table);
  return membersOf(table.ids.length, plan.groupings, attributes).map(({ key, cases }) => {
    const counts = new Map<number, number>();
    for (const i of cases) counts.set(codes[i]!, (counts.get(codes[i]!) ?? 0) + 1);
    const own = [...counts].map(([code, n]): OutcomeCell => ({ ...cells[code]!, cases: n }));
    return { ...key, cells: own.sort(compareCells) };
  });
}

/** Gives each pair of outcomes a number, once per comparison. */
function outcomeCodes(table: CaseTable): { codes: Int32Array; cells: Omit<OutcomeCell, 'cases'>[] } {
  const codes = new Int32Array(table.ids.length);
  const known = new Map<string, number>();
  const cells: Omit<OutcomeCell, 'cases'>[] = [];
  for (let i = 0; i < codes.length; i++) {
    const baseline = table.baseline?.outcomes[i] ?? null;
    const candidate = table.candidate.outcomes[i] ?? null;
    const edited = table.edited[i] === 1;
    const name = `${edited}|${outcomeName(baseline)}|${outcomeName(candidate)}`;
    let code = known.get(name);
    if (code === undefined) {
      code = cells.length;
      known.set(name, code);
      cells.push({ baseline, candidate, edited });
    }
    codes[i] = code;
  }
  return { codes, cells };
}

function outcomeName(outcome: SideOutcome | null): string {
  return outcome === null ? '' : `${outcome.passed},${outcome.failed},${outcome.errors},${outcome.unscored}`;
}
