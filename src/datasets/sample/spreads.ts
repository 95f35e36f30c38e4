/** Standard deviations of strata for Neyman's allocation: from scores in the logs, or from a first pass by people. */

import type { StratumFacts } from './population.ts';
import { isDefect, isReviewed, type Worksheet } from './read-worksheet.ts';

/** Of a rate that is quite unknown. */
const UNKNOWN = 0.5;

/**
 * From scores: sqrt(p(1-p)) with p smoothed by half a pass and half a failure where all scores are 0 or 1, else the standard
 * deviation. A stratum without scores counts as unknown.
 */
export function spreadsOfScores(strata: readonly StratumFacts[]): ReadonlyMap<string, number> {
  return new Map(
    strata.map(({ key, scored, score, squares }) => {
      if (scored === 0) return [key, UNKNOWN];
      const isPass = squares === score && score <= scored;
      if (isPass) return [key, rateSpread(score, scored)];
      const variance = scored < 2 ? UNKNOWN ** 2 : (squares - (score * score) / scored) / (scored - 1);
      return [key, Math.sqrt(Math.max(0, variance))];
    }),
  );
}

/** From the defects that people tagged, stratum by stratum, smoothed likewise; strata that nobody looked at are unknown. */
export function spreadsOfWorksheet(
  { items }: Worksheet,
  strata: readonly Pick<StratumFacts, 'key'>[],
): ReadonlyMap<string, number> {
  const bySlice = Map.groupBy(items.filter(isReviewed), ({ sliceKey }) => sliceKey);
  return new Map(
    strata.map(({ key }) => {
      const own = bySlice.get(key) ?? [];
      return [
        key,
        own.length === 0 ? UNKNOWN : rateSpread(own.filter((one) => isDefect(one, null)).length, own.length),
      ];
    }),
  );
}

function rateSpread(successes: number, n: number): number {
  const rate = (successes + 0.5) / (n + 1);
  return Math.sqrt(rate * (1 - rate));
}
