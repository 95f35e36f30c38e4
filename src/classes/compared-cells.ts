/** Which counted answers are compared, and how many cases are not, each for its reason. */

import { type LabelCells, type LabelSlice, NO_LABEL } from '../counts/index.ts';
import type { PairedAnswers } from '../stats/index.ts';
import type { ClassPairing } from './types.ts';

/** The answers of one slice that count, with codes of the comparison. */
export interface ComparedCells {
  readonly answers: PairedAnswers;
  readonly n: number;
  readonly unlabelled: number;
  readonly edited: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly abstained: { readonly baseline: number | null; readonly candidate: number };
  readonly errors: { readonly baseline: number | null; readonly candidate: number };
}

/**
 * Splits the cells of a slice. Cases without a true label are set apart first; then, where runs are paired, cases of one run
 * only.
 */
export function comparedCells({ cells, edited }: LabelSlice, pairing: ClassPairing): ComparedCells {
  const kept: number[] = [];
  const apart = { unlabelled: 0, onlyBaseline: 0, onlyCandidate: 0 };
  const abstained = { baseline: 0, candidate: 0 };
  const errors = { baseline: 0, candidate: 0 };
  let n = 0;
  for (let i = 0; i < cells.cases.length; i++) {
    const cases = cells.cases[i]!;
    const place = placeOf(cells, i, pairing);
    if (place !== 'compared') {
      apart[place] += cases;
      if (place !== 'onlyBaseline' || pairing !== 'unpaired') continue;
    }
    kept.push(i);
    if (cells.candidate[i] !== NO_LABEL.absent) n += cases;
    for (const side of ['baseline', 'candidate'] as const) {
      if (cells[side][i] === NO_LABEL.none) abstained[side] += cases;
      if (cells[side][i] === NO_LABEL.error) errors[side] += cases;
    }
  }
  const pick = (values: Int32Array): Int32Array => Int32Array.from(kept, (i) => values[i]!);
  const before = (count: number): number | null => (pairing === 'single run' ? null : count);
  return {
    answers: {
      expected: pick(cells.expected),
      baseline: pick(cells.baseline),
      candidate: pick(cells.candidate),
      cases: Float64Array.from(kept, (i) => cells.cases[i]!),
      cluster: cells.cluster === null ? null : pick(cells.cluster),
    },
    ...{ n, edited, ...apart },
    abstained: { baseline: before(abstained.baseline), candidate: abstained.candidate },
    errors: { baseline: before(errors.baseline), candidate: errors.candidate },
  };
}

function placeOf(
  cells: LabelCells,
  i: number,
  pairing: ClassPairing,
): 'compared' | 'unlabelled' | 'onlyBaseline' | 'onlyCandidate' {
  if (cells.expected[i]! < 0) return 'unlabelled';
  if (cells.candidate[i] === NO_LABEL.absent) return 'onlyBaseline';
  return pairing === 'paired' && cells.baseline[i] === NO_LABEL.absent ? 'onlyCandidate' : 'compared';
}
