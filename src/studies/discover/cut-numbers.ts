/** Cuts columns of numbers at quantiles of the cases that are searched. */

import type { Engine } from '../../engines/index.ts';
import type { ChosenColumn } from './choose-columns.ts';

/** Ranges of a number where there are enough cases, and where there are fewer. */
const RANGES = { many: 10, few: 5, from: 2_000 } as const;

/** Columns of numbers as ranges with about as many cases each; all others as they are. */
export async function cutNumbers(
  engine: Engine,
  chosen: readonly ChosenColumn[],
): Promise<readonly ChosenColumn[]> {
  const cut: ChosenColumn[] = [];
  for (const one of chosen) cut.push(one.isNumber ? await cutOne(engine, one) : one);
  return cut;
}

async function cutOne(engine: Engine, one: ChosenColumn): Promise<ChosenColumn> {
  const { column } = one;
  const { candidate, count } = await engine.table({
    ...{ groupings: [], minCases: 1, maxValues: 1, split: null, fold: true },
    measure: { kind: 'number', column },
  });
  const edges = quantileEdges(candidate, count);
  if (edges.length === 0) return { ...one, isNumber: false };
  return {
    ...one,
    isNumber: false,
    grouping: { kind: 'bins', id: column, column, of: 'number', edges },
    definition: `${one.definition}; ranges at quantiles of these cases: ${edges.join(', ')}`,
  };
}

/** The numbers at which ranges begin, without the first; equal numbers stay in one range. */
function quantileEdges(values: Float64Array, count: Float64Array): readonly number[] {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const total = count.reduce((sum, cases) => sum + cases, 0);
  const ranges = total >= RANGES.from ? RANGES.many : RANGES.few;
  const edges: number[] = [];
  let below = 0;
  let before: number | null = null;
  for (const row of order) {
    const value = values[row]!;
    const isNew = before !== null && value !== before;
    if (isNew && edges.length + 1 < ranges && below >= ((edges.length + 1) * total) / ranges)
      edges.push(value);
    below += count[row]!;
    before = value;
  }
  return edges;
}
