/** Values case by case, for graded scores, clusters and overlapping slices. */

import { parseDecimal } from '../../cases/index.ts';
import {
  directionOfChange,
  meanOf,
  numberColumn,
  outcomeValue,
  type UnitMeasure,
  type UnitPlan,
  type UnitTable,
} from '../../counts/index.ts';
import { cellText } from '../cell.ts';
import type { Attributes } from './attributes.ts';
import { type CaseTable, roleColumn, rowsOfCase, type SideCases, sidesOf } from './case-table.ts';
import { membersOf } from './members.ts';

/** See `Engine.units`. */
export function unitTable(table: CaseTable, attributes: Attributes, plan: UnitPlan): UnitTable {
  const kept: number[] = [];
  const baseline: number[] = [];
  const candidate: number[] = [];
  for (let i = 0; i < table.ids.length; i++) {
    if (table.edited[i]) continue;
    const before = table.baseline === null ? Number.NaN : unitValue(table.baseline, i, plan.measure);
    const after = unitValue(table.candidate, i, plan.measure);
    if (plan.onlyDiscordant && directionOfChange(before, after) === null) continue;
    kept.push(i);
    baseline.push(before);
    candidate.push(after);
  }
  const position = new Int32Array(table.ids.length).fill(-1);
  kept.forEach((i, at) => {
    position[i] = at;
  });
  const slices = membersOf(table.ids.length, plan.groupings, attributes)
    .map(({ key, cases }) => ({ key, members: cases.map((i) => position[i]!).filter((at) => at >= 0) }))
    .filter(({ members }) => members.length > 0);
  const clusters = clusterTexts(table, kept);
  return {
    ids: kept.map((i) => table.ids[i]!),
    baseline: Float64Array.from(baseline),
    candidate: Float64Array.from(candidate),
    cluster: clusters && clusterCodes(clusters),
    weight: caseWeights(table, kept) ?? new Float64Array(kept.length).fill(1),
    slices: slices.map(({ key }) => key),
    members: slices.map(({ members }) => Int32Array.from(members)),
  };
}

/** What one case contributes in one run; NaN where it has no usable row. */
export function unitValue(side: SideCases, index: number, measure: UnitMeasure): number {
  if (measure.kind === 'outcome') return outcomeValue(measure.of, side.outcomes[index]!, measure.errors);
  const cells = side.rows.columns.get(numberColumn(measure, side.rows.side));
  if (cells === undefined) return Number.NaN;
  const values: number[] = [];
  for (let at = side.start[index]!; at < side.start[index + 1]!; at++) {
    const row = side.order[at]!;
    const cell = cells[row]!;
    const value = side.rows.status[row] === 'error' || typeof cell !== 'string' ? null : parseDecimal(cell);
    if (value !== null) values.push(value);
  }
  return meanOf(values);
}

/** Distinct texts of a role over the rows of one case in both runs, or null where no run maps the role. */
function roleReader(
  table: CaseTable,
  role: 'cluster' | 'weight',
): ((index: number) => ReadonlySet<string>) | null {
  const sides = sidesOf(table).filter((side) => side.rows.mapping[role] !== undefined);
  if (sides.length === 0) return null;
  const columns = sides.map((side) => roleColumn(side.rows, role));
  return (index) => {
    const texts = new Set<string>();
    sides.forEach((side, at) => {
      const cells = columns[at];
      if (!cells) return;
      for (const row of rowsOfCase(side, index)) {
        const cell = cells[row]!;
        // A list is no number, as in every other place.
        const text = role === 'weight' && typeof cell !== 'string' ? null : cellText(cell);
        if (text !== null) texts.add(text);
      }
    });
    return texts;
  };
}

/** The cluster of each case, null where its rows name none or several; null where no run maps a cluster column. */
export function clusterTexts(table: CaseTable, kept: readonly number[]): readonly (string | null)[] | null {
  const read = roleReader(table, 'cluster');
  if (read === null) return null;
  return kept.map((i) => {
    const texts = read(i);
    const [text] = texts;
    return texts.size === 1 ? text! : null;
  });
}

/** A number per cluster, as they first occur; a case without one is a cluster of its own. */
export function clusterCodes(texts: readonly (string | null)[]): Int32Array {
  const codes = new Map<string, number>();
  let next = 0;
  const found = texts.map((text) => {
    const known = text === null ? undefined : codes.get(text);
    if (known !== undefined) return known;
    if (text !== null) codes.set(text, next);
    return next++;
  });
  return Int32Array.from(found);
}

/** The weight of each case, NaN where it has none or its rows disagree; null where no run maps a weight column. */
export function caseWeights(table: CaseTable, kept: readonly number[]): Float64Array | null {
  const read = roleReader(table, 'weight');
  if (read === null) return null;
  const found = kept.map((i) => {
    const numbers = new Set([...read(i)].map(parseDecimal));
    numbers.delete(null);
    const [weight] = numbers;
    return numbers.size === 1 ? weight! : Number.NaN;
  });
  return Float64Array.from(found);
}
