/** Newcombe's hybrid score interval for an unpaired difference of pass rates: closed form, from two Wilson intervals. */

import { type UnpairedInterval, unpairedInterval } from './unpaired-difference.ts';
import { wilsonLimits } from './wilson.ts';

/**
 * Newcombe's hybrid score interval.
 * Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873, method 10.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example newcombeUnpairedInterval({ candidatePasses: 56, candidateCases: 70, baselinePasses: 48, baselineCases: 80 }) // 0.2, 0.0524 to 0.3339
 */
export const newcombeUnpairedInterval: UnpairedInterval = unpairedInterval(
  'newcombe-hybrid',
  (counts, level) => {
    const candidate = counts.candidatePasses / counts.candidateCases;
    const baseline = counts.baselinePasses / counts.baselineCases;
    const [candidateLower, candidateUpper] = wilsonLimits(
      counts.candidatePasses,
      counts.candidateCases,
      level,
    );
    const [baselineLower, baselineUpper] = wilsonLimits(counts.baselinePasses, counts.baselineCases, level);
    return [
      candidate - baseline - Math.hypot(candidate - candidateLower, baselineUpper - baseline),
      candidate - baseline + Math.hypot(candidateUpper - candidate, baseline - baselineLower),
    ];
  },
);
