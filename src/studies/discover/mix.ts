/** Got worse inside, or did the mix shift: how a slice takes part in the change of all cases between two runs. */

import type { MetricConfig } from '../../config/index.ts';
import { isOutcomeMeasure, outcomeValue, type SideOutcome, type SliceCount } from '../../counts/index.ts';
import { mixShift } from '../../discovery/index.ts';
import type { Engine } from '../../engines/index.ts';
import type { Expression, Grouping } from '../../slices/index.ts';
import type { SliceMix } from './result.ts';

/**
 * The shares of slices in both runs, all cases of each run counted, also those that the other run has not.
 *
 * @param wheres predicates; null for slices that have none, which stay null
 */
export async function mixOf(
  engine: Engine,
  wheres: readonly (Expression | null)[],
  { measure }: MetricConfig,
  errors: 'fail' | 'exclude',
): Promise<readonly (SliceMix | null)[]> {
  if (!isOutcomeMeasure(measure)) return wheres.map(() => null);
  const groupings = wheres.flatMap((where, i): Grouping[] =>
    where === null ? [] : [{ kind: 'predicate', id: `slice ${i}`, name: 'in', where }],
  );
  const counts = groupings.length === 0 ? [] : await engine.count({ groupings });
  const byGrouping = Map.groupBy(counts, ({ grouping }) => grouping);
  const value = (outcome: SideOutcome | null) => outcomeValue(measure, outcome, errors);
  return wheres.map((where, i) => {
    const own = byGrouping.get(`slice ${i}`) ?? [];
    if (where === null || own.length === 0) return null;
    const [inside, rest] = [true, false].map((isIn) =>
      periods(
        own.filter(({ state }) => (state === 'value') === isIn),
        value,
      ),
    );
    const shift = mixShift([
      { label: 'in', ...inside! },
      { label: 'rest', ...rest! },
    ]);
    if (shift === null) return null;
    const { label: _, ...mix } = shift.values[0]!;
    return mix;
  });
}

function periods(counts: readonly SliceCount[], value: (outcome: SideOutcome | null) => number) {
  const sides = { before: { cases: 0, sum: 0 }, after: { cases: 0, sum: 0 } };
  for (const { cells } of counts) {
    for (const { baseline, candidate, cases } of cells) {
      for (const [side, outcome] of [
        ['before', baseline],
        ['after', candidate],
      ] as const) {
        const own = value(outcome);
        if (Number.isNaN(own)) continue;
        sides[side].cases += cases;
        sides[side].sum += cases * own;
      }
    }
  }
  return sides;
}
