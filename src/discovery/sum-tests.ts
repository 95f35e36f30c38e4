/** One slice tested by its sums, where cases are independent and weigh the same: what `testRows` gives without looking at rows. */

import {
  type Contrast,
  contrastInterval,
  contrastOfMoments,
  type Estimate,
  newcombeUnpairedInterval,
  type SideMoments,
  tangoInterval,
  wilsonInterval,
} from '../stats/index.ts';
import { addSums, measured, type SearchTable, type SliceItem, type SliceSums } from './kernel/index.ts';
import type { RowTest, RowTestOptions } from './row-test.ts';
import { type ClusteredTable, rowsOfSlice, sumRows } from './rows.ts';
import {
  complementSums,
  errorKind,
  type SliceQuestion,
  sliceTest,
  sliceTestMethod,
  smallestSliceP,
} from './slice-tests.ts';

/** Values that lie this much farther from 0 than from each other (squared) lose their spread in sums of squares. */
const FAR = 1e9;

/** Whether sums are enough to test this question in this table. */
export function isSummable(
  { table, cluster }: ClusteredTable,
  { question, kind }: Pick<RowTestOptions, 'question' | 'kind'>,
): boolean {
  return cluster === null && table.weight === null && sliceTestMethod(question, kind) !== 'paired t';
}

/** Whether sums of squares keep the spread of the values that a question is about. */
export function keepsSpread(sums: SliceSums, { question, kind }: Pick<RowTestOptions, 'question' | 'kind'>) {
  if (kind === 'pass-fail') return true;
  return [question, 'worse' as const].every((asked) => {
    const { cases, sum, squares } = totalsOf(asked, sums);
    return cases < 2 || squares === 0 || squares <= FAR * (squares - (sum * sum) / cases);
  });
}

/**
 * Sums of the cases of `within` that are not in a slice. Real numbers are added up, not subtracted, so that a far value of the
 * slice leaves no trace.
 *
 * @param items of the slice, ordered by column
 * @param within all items, or all but one
 */
export function sumsOutside(
  table: SearchTable,
  items: readonly SliceItem[],
  within: readonly SliceItem[],
): SliceSums {
  const { slices, cells } = measured(table);
  if (errorKind(table) === 'pass-fail' && table.weight === null) {
    const [whole, own] = slices([within, items]);
    return complementSums(own!, whole!);
  }
  const at = cells(items.map(({ column }) => column));
  if (at === null) {
    const inside = rowsOfSlice(table, items);
    const side = rowsOfSlice(table, within).map((member, row) => member & (1 - inside[row]!));
    return sumRows(table, side, 1);
  }
  const fixed = new Map(within.map(({ column, code }) => [column, code]));
  let sums: SliceSums | null = null;
  const add = (codes: readonly number[]): void => {
    const item = items[codes.length];
    if (item === undefined) {
      if (codes.every((code, i) => code === items[i]!.code)) return;
      sums = sums === null ? at(codes) : addSums(sums, at(codes));
      return;
    }
    const own = fixed.get(item.column);
    if (own !== undefined) add([...codes, own]);
    else for (let code = 0; code <= table.columns[item.column]!.cardinality; code++) add([...codes, code]);
  };
  add([]);
  return sums ?? measured(table).slices([[]])[0]!;
}

/**
 * The test of a slice against the cases it is compared with.
 *
 * @param options of a question that `isSummable`
 */
export function testSums(slice: SliceSums, rest: SliceSums, options: RowTestOptions): RowTest {
  const { question, kind } = options;
  const both = addSums(slice, rest);
  const paired = question === 'regressed' || question === 'improved';
  const { p, method, reason } = sliceTest(question, kind, slice, both);
  return {
    ...{ cases: slice.cases, units: slice.cases },
    rate: meanOfSums(slice, options),
    rest: paired ? null : meanOfSums(rest, options),
    before: slice.weight === 0 ? null : slice.before / slice.weight,
    smallestP: paired ? 2 ** -slice.cases : smallestSliceP(question, kind, slice, both),
    ...{ p, method, difference: intervalOf(slice, rest, options) },
    ...(reason === undefined ? {} : { reason }),
  };
}

/** Mean error of independent cases of equal weight: Wilson's interval for pass or fail, else Student's. */
export function meanOfSums(
  sums: SliceSums,
  { kind, level }: Pick<RowTestOptions, 'kind' | 'level'>,
): Estimate {
  if (kind === 'pass-fail') return wilsonInterval(sums.error, sums.cases, level);
  return contrastInterval(contrastOf('worse', sums, null), level);
}

function intervalOf(slice: SliceSums, rest: SliceSums, { question, kind, level }: RowTestOptions): Estimate {
  if (kind === 'pass-fail' && (question === 'regressed' || question === 'improved')) {
    const [up, down] = question === 'regressed' ? [slice.broke, slice.fixed] : [slice.fixed, slice.broke];
    const counts = { both: 0, candidateOnly: up, baselineOnly: down, neither: slice.cases - up - down };
    return tangoInterval(counts, level);
  }
  if (sliceTestMethod(question, kind) !== 'fisher') {
    return contrastInterval(contrastOf(question, slice, rest), level);
  }
  return newcombeUnpairedInterval(
    {
      candidatePasses: totalsOf(question, slice).sum,
      candidateCases: slice.cases,
      baselinePasses: totalsOf(question, rest).sum,
      baselineCases: rest.cases,
    },
    level,
  );
}

/** Sum and sum of squares of what a question compares. */
function totalsOf(question: SliceQuestion, sums: SliceSums) {
  const { cases, error, errorSquares, change, changeSquares, broke, fixed } = sums;
  switch (question) {
    case 'worse':
      return { cases, sum: error, squares: errorSquares };
    case 'broke-more':
      return { cases, sum: broke, squares: broke };
    case 'fixed-more':
      return { cases, sum: fixed, squares: fixed };
    case 'regressed':
    case 'regressed-more':
      return { cases, sum: change, squares: changeSquares };
    case 'improved':
    case 'improved-more':
      return { cases, sum: -change, squares: changeSquares };
  }
}

function contrastOf(question: SliceQuestion, slice: SliceSums, rest: SliceSums | null): Contrast {
  const sideOf = (sums: SliceSums): SideMoments => {
    const { cases, sum, squares } = totalsOf(question, sums);
    const spread = squares - (sum * sum) / cases;
    // What rounding alone leaves of equal values is no spread.
    return { n: cases, mean: sum / cases, squares: spread <= 1e-13 * squares ? 0 : spread };
  };
  return contrastOfMoments(sideOf(slice), rest === null ? { n: 0, mean: 0, squares: 0 } : sideOf(rest));
}
