/** Intervals of Wald's form for a paired difference: plain, after Agresti and Min, and after Bonett and Price. */

import { criticalValue } from './count-checks.ts';
import { type PairedInterval, pairedInterval } from './paired-difference.ts';

/** Wald's limits from the (possibly adjusted) counts of gains, losses and cases. */
function limits(gains: number, losses: number, n: number, level: number): readonly [number, number] {
  const difference = (gains - losses) / n;
  const half =
    (criticalValue(level) / n) * Math.sqrt(gains + losses - ((gains - losses) * (gains - losses)) / n);
  return [difference - half, difference + half];
}

/**
 * Wald's interval, clipped to [-1, 1]; no width where no case changed. For comparison only.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example waldPairedInterval({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }).lower // 0.0642097119108594
 */
export const waldPairedInterval: PairedInterval = pairedInterval('wald-paired', (counts, n, level) =>
  limits(counts.candidateOnly, counts.baselineOnly, n, level),
);

/**
 * Agresti and Min's interval: Wald after adding one half to each of the four cells, clipped to [-1, 1].
 * Source: A. Agresti and Y. Min, Statistics in Medicine 24 (2005) 729.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example agrestiMinInterval({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }).lower // 0.0560071662797914
 */
export const agrestiMinInterval: PairedInterval = pairedInterval('agresti-min', (counts, n, level) =>
  limits(counts.candidateOnly + 0.5, counts.baselineOnly + 0.5, n + 2, level),
);

/**
 * Bonett and Price's interval: Wald after adding one to both kinds of change and two to the cases, clipped to [-1, 1].
 * Source: D. G. Bonett and R. M. Price, Journal of Educational and Behavioral Statistics 37 (2012) 479.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example bonettPriceInterval({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }).lower // 0.0508916704312007
 */
export const bonettPriceInterval: PairedInterval = pairedInterval('bonett-price', (counts, n, level) =>
  limits(counts.candidateOnly + 1, counts.baselineOnly + 1, n + 2, level),
);
