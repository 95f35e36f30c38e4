/** Where the cases of the rows in sight went: sums that end in the number of cases of the comparison. */

import type { DimensionTotal, SliceRow } from '../../../../src/studio/contract/index.ts';
import { countOf, countText } from '../../format/numbers.ts';

/** One line per dimension, the first so many; `more` says how many are left. */
export interface Account {
  readonly lines: readonly string[];
  readonly more: number;
}

const LINES = 3;

type Part = 'gated' | 'LOW-N' | 'shown, not gated' | 'remainder';

/** @param rows those in sight @param totals of the metric in sight */
export function accountOf(rows: readonly SliceRow[], totals: readonly DimensionTotal[]): Account {
  const byDimension = Map.groupBy(rows, ({ dimension }) => dimension);
  const lines = totals.flatMap((total) => {
    const own = byDimension.get(total.dimension);
    return own === undefined ? [] : [lineOf(total, own)];
  });
  return { lines: lines.slice(0, LINES), more: Math.max(0, lines.length - LINES) };
}

function lineOf(total: DimensionTotal, rows: readonly SliceRow[]): string {
  const parts = [...Map.groupBy(rows, partOf)].map(([part, own]) => {
    const sum = own.reduce((cases, row) => cases + row.cases, 0);
    return `${part} ${countText(sum)} in ${countOf(own.length, 'row')}`;
  });
  const shown = rows.reduce((sum, { cases }) => sum + cases, 0);
  const hidden = total.rows - shown;
  if (hidden > 0)
    parts.push(`not in sight ${countText(hidden)} in ${countOf(total.slices - rows.length, 'row')}`);
  const end =
    total.rows === total.cases
      ? `= ${countOf(total.cases, 'case')}`
      : `= ${countText(total.rows)} places of ${countOf(total.cases, 'case')}: a case with several tags stands in several slices`;
  return `${total.dimension}: ${parts.join(' + ')} ${end}`;
}

function partOf({ role, verdict }: SliceRow): Part {
  if (role === 'remainder') return 'remainder';
  if (role === 'shown') return 'shown, not gated';
  return verdict === 'LOW-N' ? 'LOW-N' : 'gated';
}
