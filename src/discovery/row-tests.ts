/** One slice tested on rows: exact where cases are independent and pass or fail, robust to clusters and weights elsewhere. */

import {
  contrastInterval,
  contrastP,
  type Estimate,
  robustContrast,
  signFlipCells,
  weightedWilsonInterval,
  wilsonInterval,
} from '../stats/index.ts';
import { addSums, measured, type SliceItem } from './kernel/index.ts';
import type { RowTest, RowTestOptions } from './row-test.ts';
import { type ClusteredTable, rowsOfSlice, sumRows } from './rows.ts';
import { againstOthers, type SliceQuestion, smallestSliceP } from './slice-tests.ts';
import { isSummable, keepsSpread, sumsOutside, testSums } from './sum-tests.ts';

/**
 * Tests rows marked 1 against rows marked 2, or against their own values in the other run; rows marked 0 take no part.
 *
 * @param side mark per row
 * @throws RangeError where a question about the other run meets a table without one
 */
export function testRows(data: ClusteredTable, side: Uint8Array, options: RowTestOptions): RowTest {
  const { table } = data;
  const { question } = options;
  if (question !== 'worse' && table.before === null)
    throw new RangeError(`${question}: there is no other run`);
  const slice = sumRows(table, side, 1);
  const rest = sumRows(table, side, 2);
  if (isSummable(data, options)) {
    const test = testSums(slice, rest, options);
    if (keepsSpread(slice, options) && keepsSpread(rest, options)) return test;
    const means = [1, 2].map((which) => meanError(data, side, which as 1 | 2, options));
    const difference = contrastOf(data, side, options).interval;
    return { ...test, rate: means[0]!, rest: test.rest && means[1]!, difference };
  }
  const units = unitCount(data, side);
  const paired = question === 'regressed' || question === 'improved';
  const shape = {
    ...{ cases: slice.cases, units },
    rate: meanError(data, side, 1, options),
    rest: paired ? null : meanError(data, side, 2, options),
    before: table.before === null || slice.weight === 0 ? null : slice.before / slice.weight,
    smallestP: paired ? 2 ** -units : smallestSliceP(question, 'graded', slice, addSums(slice, rest)),
  };
  if (paired) {
    const difference = contrastOf(data, keepSlice(side), options).interval;
    return { ...shape, ...signFlips(data, side, options), difference };
  }
  const { p, interval } = contrastOf(data, side, options);
  const reason = p === null ? (interval.reason ?? 'no value varies') : undefined;
  return {
    ...shape,
    p,
    method: 'cluster-robust t',
    difference: interval,
    ...(reason === undefined ? {} : { reason }),
  };
}

/**
 * `testRows` of a slice against all other cases, or against those of a parent: by sums alone where they are enough.
 *
 * @param items of the slice, ordered by column
 * @param within items of what the slice is compared within: none, or all but one of its own
 */
export function testSlice(
  data: ClusteredTable,
  items: readonly SliceItem[],
  within: readonly SliceItem[],
  options: RowTestOptions,
): RowTest {
  const { table } = data;
  if (isSummable(data, options) && (options.question === 'worse' || table.before !== null)) {
    const [slice] = measured(table).slices([items]);
    const rest = sumsOutside(table, items, within);
    if (keepsSpread(slice!, options) && keepsSpread(rest, options)) return testSums(slice!, rest, options);
  }
  const inside = rowsOfSlice(table, items);
  const side = rowsOfSlice(table, within).map((member, row) => (inside[row] === 1 ? 1 : 2 * member));
  return testRows(data, side, options);
}

/**
 * `testSlice` against all other cases, with the p-value that the slice stands out: a change from the other run must also be larger
 * than that of the others. The larger p-value of the two is one of the whole claim (`standOutP`).
 */
export function testStandOut(
  data: ClusteredTable,
  items: readonly SliceItem[],
  options: RowTestOptions,
): RowTest {
  const own = testSlice(data, items, [], options);
  const other = againstOthers(options.question);
  if (other === options.question || own.p === null) return own;
  return { ...own, p: Math.max(own.p, testSlice(data, items, [], { ...options, question: other }).p ?? 1) };
}

function unitCount({ table, cluster }: ClusteredTable, side: Uint8Array): number {
  const clusters = new Set<number>();
  let cases = 0;
  for (let row = 0; row < table.rows; row++) {
    if (side[row] !== 1) continue;
    cases += table.count[row]!;
    if (cluster !== null) clusters.add(cluster[row]!);
  }
  return cluster === null ? cases : clusters.size;
}

const keepSlice = (side: Uint8Array) => side.map((mark) => (mark === 1 ? 1 : 0));

/**
 * Mean error of the rows with one mark, with its interval: Wilson's for independent pass or fail, else Student's over
 * independent units.
 */
export function meanError(
  data: ClusteredTable,
  side: Uint8Array,
  which: 1 | 2,
  options: Pick<RowTestOptions, 'kind' | 'level'>,
): Estimate {
  const { table, cluster } = data;
  if (options.kind === 'pass-fail' && cluster === null) {
    const sums = sumRows(table, side, which);
    if (table.weight === null) return wilsonInterval(sums.error, sums.cases, options.level);
    let squaredWeight = 0;
    for (let row = 0; row < table.rows; row++) {
      if (side[row] === which) squaredWeight += table.weight[row]! ** 2 / table.count[row]!;
    }
    const successWeight = Math.min(sums.error, sums.weight);
    return weightedWilsonInterval({ successWeight, weight: sums.weight, squaredWeight }, options.level);
  }
  const only = which === 1 && !side.includes(2) ? side : side.map((mark) => (mark === which ? 1 : 0));
  const { interval } = contrastOf(data, only, { question: 'worse', level: options.level });
  const agreed = options.kind === 'pass-fail' && (interval.estimate === 0 || interval.estimate === 1);
  if (cluster === null || !agreed) return interval;
  // Clusters that all pass or all fail have an error of 0, which proves little: they count as one case each.
  const units = unitCount(data, only);
  return { ...wilsonInterval(units * interval.estimate!, units, options.level), method: 'wilson-clusters' };
}

/** What the question compares, per row. */
function valuesOf({ table }: ClusteredTable, question: SliceQuestion): Float64Array {
  if (question === 'worse') return table.error;
  const change = (row: number) => table.error[row]! - table.before![row]!;
  return Float64Array.from({ length: table.rows }, (_, row) => {
    if (question === 'broke-more') return change(row) > 0 ? 1 : 0;
    if (question === 'fixed-more') return change(row) < 0 ? 1 : 0;
    return question === 'improved' || question === 'improved-more' ? -change(row) : change(row);
  });
}

function contrastOf(
  data: ClusteredTable,
  side: Uint8Array,
  { question, level }: Pick<RowTestOptions, 'question' | 'level'>,
) {
  const contrast = robustContrast({
    values: valuesOf(data, question),
    side,
    counts: data.table.count,
    weights: data.table.weight,
    clusters: data.cluster,
  });
  return { p: contrastP(contrast), interval: contrastInterval(contrast, level) };
}

/** Swaps the two runs in each unit with probability 1/2: valid for any values, weights and clusters. */
function signFlips(data: ClusteredTable, side: Uint8Array, options: RowTestOptions) {
  const { table, cluster } = data;
  const values = valuesOf(data, options.question);
  const totals = new Map<number, number>();
  const cells: { difference: number; count: number }[] = [];
  for (let row = 0; row < table.rows; row++) {
    if (side[row] !== 1) continue;
    const weight = table.weight === null ? table.count[row]! : table.weight[row]!;
    if (cluster === null) {
      cells.push({ difference: (values[row]! * weight) / table.count[row]!, count: table.count[row]! });
    } else totals.set(cluster[row]!, (totals.get(cluster[row]!) ?? 0) + values[row]! * weight);
  }
  for (const difference of totals.values()) cells.push({ difference, count: 1 });
  if (cells.length === 0) return { p: null, method: 'sign flip', reason: 'the slice has no cases' } as const;
  const whole = cells.every(({ difference }) => Number.isInteger(difference));
  const { p } = signFlipCells({
    cells,
    flips: options.flips,
    seed: options.seed,
    ...(whole ? { lattice: 1 } : {}),
  });
  return { p, method: 'sign flip' } as const;
}
