/** Finds detected dimensions that are results in disguise: a column that says whether the case passed tells right from wrong exactly. */

import type { LabelSlice } from '../../counts/index.ts';
import type { SliceRate } from './result.ts';

/** The share of right answers in one slice, in each run; null where there is none. */
interface SliceScore {
  readonly grouping: string;
  readonly baseline: number | null;
  readonly candidate: number | null;
}

/**
 * Groupings whose every slice is all right or all wrong in one of the runs, with some of both.
 *
 * @example resultColumns([{ grouping: 'pass_old', baseline: 0, candidate: 0.3 }, { grouping: 'pass_old', baseline: 1, candidate: 0.9 }])
 */
function resultColumns(scores: readonly SliceScore[]): ReadonlySet<string> {
  const splits = (values: readonly (number | null)[]) =>
    values.includes(0) && values.includes(1) && values.every((value) => value === 0 || value === 1);
  return new Set(
    [...Map.groupBy(scores, ({ grouping }) => grouping)]
      .filter(
        ([, own]) =>
          splits(own.map(({ baseline }) => baseline)) || splits(own.map(({ candidate }) => candidate)),
      )
      .map(([grouping]) => grouping),
  );
}

/** The same from counted labels. */
export function resultsAmongLabels(slices: readonly LabelSlice[]): ReadonlySet<string> {
  return resultColumns(
    slices.map(({ grouping, cells }) => {
      const rightIn = (answers: Int32Array) => {
        let [right, all] = [0, 0];
        for (let i = 0; i < cells.cases.length; i++) {
          if (cells.expected[i]! < 0 || answers[i]! < 0) continue;
          all += cells.cases[i]!;
          if (answers[i] === cells.expected[i]) right += cells.cases[i]!;
        }
        return all === 0 ? null : right / all;
      };
      return { grouping, baseline: rightIn(cells.baseline), candidate: rightIn(cells.candidate) };
    }),
  );
}

/** The same from rates of passed cases; other metrics say nothing of it. */
export function resultsAmongRates(rates: readonly SliceRate[]): ReadonlySet<string> {
  return resultColumns(
    rates
      .filter(({ metric, n }) => metric === 'passRate' && n > 0)
      .map(({ key, baseline, candidate }) => ({
        grouping: key.grouping,
        baseline: baseline?.estimate ?? null,
        candidate: candidate?.estimate ?? null,
      })),
  );
}
