/** From counts under a filter to the answer that is drawn. Pure: it runs in the browser too. */

import type {
  ExploreBars,
  ExploreCell,
  ExploreDimension,
  ExploreHeatmap,
  ExploreShow,
} from '../contract/explore.ts';
import type { FilterColumn, FilterCounts } from './count-rows.ts';
import type { FilterChoice } from './cross-filter.ts';
import { barsOf, type FigureShape } from './figures.ts';

/** The bars of every dimension. */
export function allBars(
  dimensions: readonly ExploreDimension[],
  counts: FilterCounts,
  show: ExploreShow,
  shape: FigureShape,
): readonly ExploreBars[] {
  return dimensions.map(({ values }, at) =>
    barsOf(
      counts.columns[at]!,
      counts.sums.columns[at]!,
      values.map(({ code }) => code),
      show,
      shape,
    ),
  );
}

/** What a heatmap is counted from. */
export interface HeatmapInput {
  readonly dimensions: readonly ExploreDimension[];
  readonly columns: readonly FilterColumn[];
  readonly outcome: Uint8Array;
  readonly outcomes: number;
  readonly measures: readonly Float64Array[];
}

/** Rows that are worked on before others may have their turn. */
const CHUNK = 131_072;

/**
 * Two dimensions crossed under the filter of all others; it yields between chunks of rows.
 *
 * @param at places of the two dimensions
 */
export function* heatmapOf(
  { dimensions, columns, outcome, outcomes, measures }: HeatmapInput,
  choice: FilterChoice,
  [first, second]: readonly [number, number],
  show: ExploreShow,
  shape: FigureShape,
): Generator<void, ExploreHeatmap> {
  const [rows, across] = [columns[first]!, columns[second]!];
  const width = across.size;
  const counts = new Int32Array(rows.size * width * outcomes);
  const sums = new Float64Array(rows.size * width * measures.length);
  const filters = choice.flatMap((allowed, at) =>
    allowed === null || at === first || at === second ? [] : [{ allowed, codes: columns[at]!.codes }],
  );
  let cases = 0;
  for (let from = 0; from < outcome.length; from += CHUNK) {
    const to = Math.min(outcome.length, from + CHUNK);
    for (let row = from; row < to; row++) {
      if (filters.some(({ allowed, codes }) => allowed[codes[row]!] !== 1)) continue;
      const cell = rows.codes[row]! * width + across.codes[row]!;
      const place = cell * outcomes + outcome[row]!;
      counts[place] = counts[place]! + 1;
      for (let k = 0; k < measures.length; k++) sums[cell * measures.length + k]! += measures[k]![row]!;
      cases++;
    }
    yield;
  }
  const [rowValues, columnValues] = [dimensions[first]!.values, dimensions[second]!.values];
  const codes = rowValues.flatMap((a) => columnValues.map((b) => a.code * width + b.code));
  const bars = barsOf(counts, sums, codes, show, shape);
  const cellAt = (i: number): ExploreCell => ({
    ...{ cases: bars.cases[i]!, lost: bars.lost[i]!, gained: bars.gained[i]! },
    ...{ estimate: bars.estimate[i]!, lower: bars.lower[i]!, upper: bars.upper[i]! },
  });
  return {
    ...{ rows: rowValues, columns: columnValues, cases },
    cells: rowValues.map((_, i) => columnValues.map((_, j) => cellAt(i * columnValues.length + j))),
  };
}
