/** The score of a run with and without the cases that overlap. */

import type { OverlapScore } from '../../checks/index.ts';
import {
  clusterMean,
  type Estimate,
  newcombeUnpairedInterval,
  normalQuantile,
  wilsonInterval,
} from '../../stats/index.ts';
import type { CaseValues } from './items.ts';

/** Scores of one run on all cases, on those that do not overlap, and on those that do. */
export function scoreWithout(
  { byCase, isRate }: CaseValues,
  side: 'baseline' | 'candidate',
  overlapping: ReadonlySet<string>,
  level: number,
): OverlapScore {
  const all: number[] = [];
  const clean: number[] = [];
  const dirty: number[] = [];
  for (const [id, values] of byCase) {
    const value = values[side];
    if (Number.isNaN(value)) continue;
    all.push(value);
    (overlapping.has(id) ? dirty : clean).push(value);
  }
  const areVerdicts = isRate && all.every((value) => value === 0 || value === 1);
  const estimate = (values: readonly number[]) => meanOf(values, areVerdicts, level);
  const gap =
    areVerdicts && clean.length > 0 && dirty.length > 0
      ? newcombeUnpairedInterval(
          {
            candidatePasses: sum(clean),
            candidateCases: clean.length,
            baselinePasses: sum(dirty),
            baselineCases: dirty.length,
          },
          level,
        )
      : null;
  return { all: estimate(all), clean: estimate(clean), overlapping: estimate(dirty), gap };
}

/** Wilson's interval for verdicts, that of a mean for other values. */
export function meanOf(values: readonly number[], areVerdicts: boolean, level: number): Estimate {
  const n = values.length;
  if (areVerdicts) return wilsonInterval(sum(values), n, level);
  const none = { lower: null, upper: null, level, method: 'normal mean', n };
  const { mean, seIndependent } = clusterMean(
    values,
    values.map((_, place) => place),
  );
  if (mean === null) return { estimate: null, ...none, reason: 'no case has a value' };
  if (seIndependent === null) return { estimate: mean, ...none };
  const half = normalQuantile(1 - (1 - level) / 2) * seIndependent;
  return { estimate: mean, lower: mean - half, upper: mean + half, level, method: 'normal mean', n };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
