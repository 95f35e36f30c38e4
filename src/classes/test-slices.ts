/** Counted answers for tests, spelled with labels. */

import { type LabelCounts, type LabelSlice, NO_LABEL } from '../counts/index.ts';

/** True label, answer before, answer now (null: no answer; undefined: the run does not have the case), cases. */
export type TestCell = readonly [
  string | null,
  string | null | undefined,
  string | null | undefined,
  number,
  cluster?: number,
];

/** Counts with one slice of all cases. */
export function testCounts(cells: readonly TestCell[], hasLists = false): LabelCounts {
  const texts = cells.flatMap((cell) => cell.slice(0, 3)).filter((text) => typeof text === 'string');
  const labels = [...new Set(texts)].sort();
  const code = (text: string | null | undefined): number =>
    text === undefined ? NO_LABEL.absent : text === null ? NO_LABEL.none : labels.indexOf(text);
  const slice: LabelSlice = {
    ...{ grouping: 'all', state: 'value', value: '(all)', edited: 0 },
    cells: {
      expected: Int32Array.from(cells, ([text]) => code(text)),
      baseline: Int32Array.from(cells, ([, text]) => code(text)),
      candidate: Int32Array.from(cells, ([, , text]) => code(text)),
      cases: Float64Array.from(cells, ([, , , cases]) => cases),
      cluster: cells.some((cell) => cell[4] !== undefined)
        ? Int32Array.from(cells, (cell) => cell[4] ?? 0)
        : null,
    },
  };
  return { labels, tooMany: null, hasLists, severalTrials: 0, slices: [slice] };
}
