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

/** The pair of outcomes of every case, equal ones by one number. */
export interface OutcomeCodes {
  readonly codes: Int32Array;
  /** By number. */
  readonly cells: readonly Omit<OutcomeCell, 'cases'>[];
}

/** See `Engine.count`. */
export function countCells(
  { codes, cells }: OutcomeCodes,
  attributes: Attributes,
  plan: CountPlan,
): readonly SliceCount[] {
  return membersOf(codes.length, plan.groupings, attributes).map(({ key, cases }) => {
    const counts = new Map<number, number>();
    for (const i of cases) counts.set(codes[i]!, (counts.get(codes[i]!) ?? 0) + 1);
    const own = [...counts].map(([code, n]): OutcomeCell => ({ ...cells[code]!, cases: n }));
    return { ...key, cells: own.sort(compareCells) };
  });
}

/** Gives each pair of outcomes a number: what every count of a comparison starts from. */
export function outcomeCodes(table: CaseTable): OutcomeCodes {
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
