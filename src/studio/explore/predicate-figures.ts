/** Cases and rates of predicates, counted by the engine: for the parents of found slices. */

import { directionOf, isRate } from '../../counts/index.ts';
import type { Expression } from '../../slices/index.ts';
import { measureOf } from '../../studies/index.ts';
import type { ExploreBars } from '../contract/explore.ts';
import type { StudioSession } from '../session.ts';
import type { ExploreCases } from './explore-cases.ts';
import { barsOf, type FigureShape } from './figures.ts';
import { outcomeCodes } from './outcome-codes.ts';

/**
 * The rate after, of each predicate, over the cases that have a value.
 *
 * @param wheres of columns that the results have themselves
 */
export async function predicateFigures(
  wheres: readonly Expression[],
  { metric, shape }: ExploreCases,
  session: StudioSession,
): Promise<readonly ExploreBars[]> {
  if (wheres.length === 0) return [];
  const coded = await session.inTurn(({ comparison, config }) =>
    comparison.engine.table({
      groupings: wheres.map((where, i) => ({ kind: 'predicate', id: `p${i}`, name: 'in', where })),
      measure: measureOf(metric, config.policy.errors),
      ...{ minCases: 1, maxValues: 4, split: null, fold: true },
    }),
  );
  const direction = directionOf(metric.measure);
  const outcomes = outcomeCodes(coded, shape.paired, direction);
  const own: FigureShape = {
    ...shape,
    ...{ outcomes: outcomes.outcomes, origin: outcomes.origin, isRate: isRate(metric.measure) },
  };
  const columns = coded.columns.map(({ codes, values }) => ({ codes, size: values.length + 1 }));
  const counts = countRows(coded.count, columns, outcomes);
  return coded.columns.map(({ values }, at) => {
    const code = values.findIndex(({ state }) => state === 'value') + 1;
    const codes = code === 0 ? [] : [code];
    return barsOf(counts[at]!.counts, counts[at]!.sums, codes, 'after', own);
  });
}

/** Folded rows stand for several cases each. */
function countRows(
  count: Float64Array,
  columns: readonly { readonly codes: Uint8Array | Uint16Array; readonly size: number }[],
  outcomes: ReturnType<typeof outcomeCodes>,
) {
  const { measures } = outcomes;
  return columns.map(({ codes, size }) => {
    const counts = new Int32Array(size * outcomes.count);
    const sums = new Float64Array(size * measures.length);
    for (let row = 0; row < codes.length; row++) {
      const place = codes[row]! * outcomes.count + outcomes.codes[row]!;
      counts[place] = counts[place]! + count[row]!;
      for (let k = 0; k < measures.length; k++) {
        sums[codes[row]! * measures.length + k]! += count[row]! * measures[k]![row]!;
      }
    }
    return { counts, sums };
  });
}
