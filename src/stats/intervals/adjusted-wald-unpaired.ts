/** Intervals of Wald's form for an unpaired difference: plain, and after Agresti and Caffo. */

import { criticalValue } from './count-checks.ts';
import { type UnpairedCounts, type UnpairedInterval, unpairedInterval } from './unpaired-difference.ts';

/** Wald's limits after adding `extra` passes and as many failures to each side. */
function limits(counts: UnpairedCounts, extra: number, level: number): readonly [number, number] {
  const candidateCases = counts.candidateCases + 2 * extra;
  const baselineCases = counts.baselineCases + 2 * extra;
  const candidate = (counts.candidatePasses + extra) / candidateCases;
  const baseline = (counts.baselinePasses + extra) / baselineCases;
  const variance =
    (candidate * (1 - candidate)) / candidateCases + (baseline * (1 - baseline)) / baselineCases;
  const half = criticalValue(level) * Math.sqrt(variance);
  return [candidate - baseline - half, candidate - baseline + half];
}

/**
 * Wald's interval, clipped to [-1, 1]; no width at 0 or all passes on both sides. For comparison only.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example waldUnpairedInterval({ candidatePasses: 56, candidateCases: 70, baselinePasses: 48, baselineCases: 80 }).lower // 0.05750489914903714
 */
export const waldUnpairedInterval: UnpairedInterval = unpairedInterval('wald-unpaired', (counts, level) =>
  limits(counts, 0, level),
);

/**
 * Agresti and Caffo's interval: Wald after adding one pass and one failure to each side, clipped to [-1, 1].
 * Source: A. Agresti and B. Caffo, The American Statistician 54 (2000) 280.
 *
 * @throws RangeError if the counts or the level are impossible
 * @example agrestiCaffoInterval({ candidatePasses: 56, candidateCases: 70, baselinePasses: 48, baselineCases: 80 }).lower // 0.052452926638053704
 */
export const agrestiCaffoInterval: UnpairedInterval = unpairedInterval('agresti-caffo', (counts, level) =>
  limits(counts, 1, level),
);
