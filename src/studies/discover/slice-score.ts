/** The score of a slice by its sums, for ordering slices that were enumerated and not searched for. */

import type { SearchMode, SearchTable, SliceSums } from '../../discovery/index.ts';
import type { DiscoverOptions } from './request.ts';

/** Mean size of what a mode ranks by, over all cases: of the error, or of its change. */
export function meanSize({ error, before, count, rows }: SearchTable, mode: SearchMode): number {
  let [sum, cases] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const value = mode === 'worst' ? error[row]! : error[row]! - before![row]!;
    sum += count[row]! * Math.abs(value);
    cases += count[row]!;
  }
  return cases === 0 ? 0 : sum / cases;
}

/** The score that `SliceOrder` defines; only positive ones count. */
export function sliceScore(
  slice: SliceSums,
  all: SliceSums,
  mode: SearchMode,
  { order, weight, spread }: Pick<DiscoverOptions, 'order' | 'weight'> & { readonly spread: number },
): number {
  const mean = ({ error, change, cases }: SliceSums) =>
    (mode === 'worst' ? error : mode === 'regressed' ? change : -change) / cases;
  const overall = mode === 'worst' ? mean(all) : Math.max(0, mean(all));
  const gap = mean(slice) - overall;
  if (!(gap > 0)) return 0;
  switch (order) {
    case 'drop':
      return gap;
    case 'support':
      return slice.cases;
    case 'drop-support':
      return gap * slice.cases;
    case 'sliceline':
      return spread === 0 ? 0 : (weight * gap) / spread - (1 - weight) * (all.cases / slice.cases - 1);
  }
}
