/** One slice of a list of slices, which holds them as columns of numbers. */

import type { SliceItem, SliceList, SliceSums } from '../../discovery/index.ts';

/** The sums of one slice of a list. */
export function sumsOf({ sums }: SliceList, i: number): SliceSums {
  return {
    cases: sums.cases[i]!,
    weight: sums.weight[i]!,
    error: sums.error[i]!,
    errorSquares: sums.errorSquares[i]!,
    largestError: sums.largestError[i]!,
    before: sums.before[i]!,
    change: sums.change[i]!,
    changeSquares: sums.changeSquares[i]!,
    broke: sums.broke[i]!,
    fixed: sums.fixed[i]!,
  };
}

/** The conditions of one slice of a list. */
export function itemsOf({ level, stride, columns, codes }: SliceList, i: number): readonly SliceItem[] {
  return Array.from({ length: level[i]! }, (_, at) => ({
    column: columns[i * stride + at]!,
    code: codes[i * stride + at]!,
  }));
}
