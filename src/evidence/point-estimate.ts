/** Estimates without intervals, for studies that judge thousands of releases: the same numbers, no resampling. */

import type { Policy } from '../config/index.ts';
import { isRate, type Measure, type Tally, type ValueCount } from '../counts/index.ts';
import type { Estimate } from '../stats/index.ts';
import { moments } from './moments.ts';
import { quantileType7 } from './side-estimate.ts';
import { leastCases } from './tail-cases.ts';

/** One run's value in a slice. */
export function sidePoint(values: readonly ValueCount[], measure: Measure, { level }: Policy): Estimate {
  const { n, sum, mean } = moments(values);
  if (n === 0) return point(null, n, level);
  if (isRate(measure)) return point(Math.min(sum, n) / n, n, level);
  return point(measure.kind === 'quantile' ? quantileOf(values, n, measure) : mean, n, level);
}

/** The difference candidate - baseline, of the compared pairs or of the two samples. */
export function deltaPoint(tally: Tally, measure: Measure, { level }: Policy, paired: boolean): Estimate {
  if (!paired) {
    const before = moments(tally.baselineValues);
    const after = moments(tally.candidateValues);
    const n = Math.min(before.n, after.n);
    if (measure.kind === 'quantile') {
      const b = quantileOf(tally.baselineValues, before.n, measure);
      const a = quantileOf(tally.candidateValues, after.n, measure);
      return point(a === null || b === null ? null : a - b, n, level);
    }
    return point(n === 0 ? null : after.mean - before.mean, n, level);
  }
  const { pairs, compared } = tally;
  if (compared === 0) return point(null, 0, level);
  if (measure.kind === 'quantile') {
    const at = (side: 'baseline' | 'candidate') => {
      const values = pairs.map((pair) => ({ value: pair[side], cases: pair.cases }));
      values.sort((a, b) => a.value - b.value);
      return quantileOf(values, compared, measure);
    };
    const [before, after] = [at('baseline'), at('candidate')];
    return point(before === null || after === null ? null : after - before, compared, level);
  }
  let sum = 0;
  for (const { baseline, candidate, cases } of pairs) sum += (candidate - baseline) * cases;
  return point(sum / compared, compared, level);
}

function quantileOf(
  values: readonly ValueCount[],
  n: number,
  measure: Extract<Measure, { kind: 'quantile' }>,
): number | null {
  return n < leastCases(measure) ? null : quantileType7(values, n, measure.q);
}

function point(estimate: number | null, n: number, level: number): Estimate {
  return {
    estimate,
    lower: null,
    upper: null,
    level,
    method: 'point',
    n,
    reason: 'no interval was asked for',
  };
}
