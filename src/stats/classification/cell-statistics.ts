/** Statistics of counted answers that are kept up to date while cases come and go. */

import { ABSENT_ANSWER } from './cell-sampler.ts';
import type { PairedAnswers } from './paired-tables.ts';
import { type AnswerSpace, addAnswer, type ClassTally, clearTally, emptyTally } from './tally.ts';

/** Several statistics of one table of cells. */
export interface CellStatistics {
  /** How many statistics. */
  readonly size: number;
  clear(): void;
  /** Adds cases to a cell, or takes them away. */
  add(cell: number, cases: number): void;
  /** Writes the statistics into `out`; NaN where one is undefined. */
  read(out: Float64Array): void;
}

/** Several metrics of one run. */
export interface TallyMetrics {
  readonly size: number;
  /** Writes them into `out` from place `at`; NaN where one is undefined. */
  evaluate(tally: ClassTally, out: Float64Array, at: number): void;
}

/** Of every metric: baseline at `i`, candidate at `size + i`, candidate minus baseline at `2 * size + i`. */
export function pairedMetrics(
  answers: PairedAnswers,
  space: AnswerSpace,
  metrics: TallyMetrics,
): CellStatistics {
  const before = emptyTally(space.classes);
  const after = emptyTally(space.classes);
  const { size } = metrics;
  return {
    size: 3 * size,
    clear() {
      clearTally(before);
      clearTally(after);
    },
    add(cell, cases) {
      const expected = answers.expected[cell]!;
      const first = answers.baseline[cell]!;
      const second = answers.candidate[cell]!;
      if (first !== ABSENT_ANSWER) addAnswer(before, space, expected, first, cases);
      if (second !== ABSENT_ANSWER) addAnswer(after, space, expected, second, cases);
    },
    read(out) {
      metrics.evaluate(before, out, 0);
      metrics.evaluate(after, out, size);
      for (let i = 0; i < size; i++) out[2 * size + i] = out[size + i]! - out[i]!;
    },
  };
}

/** The statistics of cells as they were counted. */
export function observedStatistics(answers: PairedAnswers, statistics: CellStatistics): Float64Array {
  load(statistics, answers.cases);
  const out = new Float64Array(statistics.size);
  statistics.read(out);
  return out;
}

/** Fills the statistics with the cases of every cell. */
export function load(statistics: CellStatistics, cases: ArrayLike<number>): void {
  statistics.clear();
  for (let cell = 0; cell < cases.length; cell++) {
    if (cases[cell]! !== 0) statistics.add(cell, cases[cell]!);
  }
}
