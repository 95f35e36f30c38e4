/** Newcombe's method 10 for a paired difference of pass rates: closed form, from the Wilson limits of both rates. */

import { type PairedCounts, type PairedInterval, pairedInterval } from './paired-difference.ts';
import { wilsonLimits } from './wilson.ts';

/**
 * Newcombe's square-and-add interval, method 10 (with the continuity-corrected correlation).
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 2635.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example newcombePairedInterval({ both: 36, candidateOnly: 12, baselineOnly: 2, neither: 0 }) // 0.2, 0.0569 to 0.3404
 */
export const newcombePairedInterval: PairedInterval = pairedInterval('newcombe-10', (counts, n, level) => {
  const candidatePasses = counts.both + counts.candidateOnly;
  const baselinePasses = counts.both + counts.baselineOnly;
  const difference = (counts.candidateOnly - counts.baselineOnly) / n;
  const candidate = distances(candidatePasses, n, level);
  const baseline = distances(baselinePasses, n, level);
  const correlation = correctedPhi(counts, n);
  return [
    difference - combined(candidate.down, baseline.up, correlation),
    difference + combined(candidate.up, baseline.down, correlation),
  ];
});

/** How far the Wilson limits lie from the rate. */
function distances(passes: number, n: number, level: number): { down: number; up: number } {
  const [lower, upper] = wilsonLimits(passes, n, level);
  return { down: passes / n - lower, up: upper - passes / n };
}

function combined(first: number, second: number, correlation: number): number {
  return Math.sqrt(Math.max(0, first * first - 2 * correlation * first * second + second * second));
}

/** The phi coefficient with a continuity correction of n/2 towards 0 where it is positive; 0 where a margin is empty. */
function correctedPhi({ both, candidateOnly, baselineOnly, neither }: PairedCounts, n: number): number {
  const margins =
    Math.sqrt(both + candidateOnly) *
    Math.sqrt(baselineOnly + neither) *
    Math.sqrt(both + baselineOnly) *
    Math.sqrt(candidateOnly + neither);
  if (margins === 0) return 0;
  const determinant = both * neither - candidateOnly * baselineOnly;
  return (determinant > 0 ? Math.max(determinant - n / 2, 0) : determinant) / margins;
}
