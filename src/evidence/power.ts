/** What a slice is too small to see, and how many cases would settle it. */

import { isBinary } from '../counts/index.ts';
import {
  casesNeeded,
  mcnemarPower,
  minimumDetectableDrop,
  normalCdf,
  normalQuantile,
  proportionCases,
  proportionPower,
} from '../stats/index.ts';
import { differences, moments } from './moments.ts';
import type { SliceEvidence } from './types.ts';

export interface SlicePower {
  /** Smallest drop found with 80 % power at this n and churn, in the metric's unit; null where none is. */
  readonly minimumDetectableDrop: number | null;
  /** Cases that would show the drop observed, but at least the margin, with 80 % power; null where not finite. */
  readonly casesNeeded: number | null;
}

/** What the chance to see a drop depends on, beside n and the level. */
export type PowerBasis =
  /** Paired pass or fail: share of cases won back while others are lost; exact McNemar power. */
  | { readonly kind: 'flips'; readonly gains: number }
  /** Two samples of pass or fail: the rate before the drop; normal approximation, n per run. */
  | { readonly kind: 'rates'; readonly rate: number }
  /** Numbers and clusters: variance of one case's difference; normal approximation. */
  | { readonly kind: 'spread'; readonly variance: number };

const POWER = 0.8;

/** Gains that leave no room for a loss are cut here. */
const MOST_GAINS = 0.45;

/**
 * What power rests on in one slice. Pass or fail outcomes take the slice's own share of gains, where one half case is added
 * so that a slice without flips is not taken for one that never flips.
 *
 * @param assumedChurn share of cases that flip when nothing changes, half of them each way, in [0,1]; it replaces what was
 * observed, and is needed where there is no baseline. Null takes what was observed.
 * @returns null where nothing is known of how cases move, or the power of the test is not known (quantiles, e-processes)
 */
export function powerBasis(evidence: SliceEvidence, assumedChurn: number | null): PowerBasis | null {
  const { n, gained, tally, test, metric, direction } = evidence;
  if (n === 0 || metric.measure.kind === 'quantile') return null;
  if (assumedChurn !== null) {
    return metric.measure.kind === 'mean'
      ? null
      : { kind: 'flips', gains: Math.min(assumedChurn / 2, MOST_GAINS) };
  }
  if (test === null || test.name === 'beta-mixture e-process') return null;
  if (evidence.caseVariance != null) return spread(evidence.caseVariance);
  if (test.name === 'exact McNemar') {
    return { kind: 'flips', gains: Math.min((gained + 0.5) / (n + 1), MOST_GAINS) };
  }
  if (tally.compared > 0) return spread(moments(differences(tally.pairs)).variance);
  const before = moments(tally.baselineValues);
  if (isBinary(tally.baselineValues) && isBinary(tally.candidateValues)) {
    return { kind: 'rates', rate: direction === 'higher' ? before.mean : 1 - before.mean };
  }
  return spread(before.variance + moments(tally.candidateValues).variance);
}

function spread(variance: number): PowerBasis | null {
  return variance > 0 ? { kind: 'spread', variance } : null;
}

/**
 * Chance that a one-sided test at level alpha sees a drop in n cases; null where such a drop is impossible.
 *
 * @param drop in the metric's unit, above 0
 * @example powerToSee({ kind: 'flips', gains: 0.03 }, 47, 0.15, 0.05) // 0.6478817536
 */
export function powerToSee(basis: PowerBasis, n: number, drop: number, alpha: number): number | null {
  if (!(alpha > 0 && alpha < 1)) return null;
  switch (basis.kind) {
    case 'flips': {
      const { gains } = basis;
      if (drop + 2 * gains > 1) return null;
      return mcnemarPower(n, { lossRate: drop + gains, gainRate: gains, alpha, variant: 'exact' });
    }
    case 'rates':
      if (drop > basis.rate) return null;
      return proportionPower(n, { p1: basis.rate, p2: basis.rate - drop, alpha, sides: 'one-sided' });
    case 'spread':
      return normalCdf(drop * Math.sqrt(n / basis.variance) - normalQuantile(1 - alpha));
  }
}

/**
 * Smallest drop that n cases see with 80 % power; null where none is.
 *
 * @example smallestDropSeen({ kind: 'flips', gains: 0.03 }, 47, 0.05) // 0.1869224
 */
export function smallestDropSeen(basis: PowerBasis, n: number, alpha: number): number | null {
  if (!(alpha > 0 && alpha < 1)) return null;
  switch (basis.kind) {
    case 'flips':
      return minimumDetectableDrop({ n, gains: basis.gains, alpha, power: POWER });
    case 'rates': {
      const seen = (drop: number) => (powerToSee(basis, n, drop, alpha) ?? 0) >= POWER;
      return seen(basis.rate) ? halve(0, basis.rate, seen) : null;
    }
    case 'spread':
      return zSum(alpha) * Math.sqrt(basis.variance / n);
  }
}

/**
 * Cases (per run, where runs share none) that see a drop with 80 % power; null where no number does.
 *
 * @example casesToSee({ kind: 'flips', gains: 0.03 }, 0.15, 0.05) // 61
 */
export function casesToSee(basis: PowerBasis, drop: number, alpha: number): number | null {
  if (!(alpha > 0 && alpha < 1) || !(drop > 0)) return null;
  switch (basis.kind) {
    case 'flips':
      return drop + 2 * basis.gains > 1
        ? null
        : casesNeeded({ drop, gains: basis.gains, alpha, power: POWER });
    case 'rates': {
      if (drop > basis.rate) return null;
      const cases = proportionCases(POWER, {
        p1: basis.rate,
        p2: basis.rate - drop,
        alpha,
        sides: 'one-sided',
      });
      return Number.isFinite(cases) ? Math.ceil(cases) : null;
    }
    case 'spread':
      return Math.ceil((zSum(alpha) ** 2 * basis.variance) / (drop * drop));
  }
}

/**
 * What a slice could have shown at a level, and the cases that would settle the loss observed, or else the margin. Without
 * a baseline: what a comparison on these cases could show at best, when no case is won back.
 */
export function slicePower(evidence: SliceEvidence, alpha: number): SlicePower {
  return slicePowers()(evidence, alpha);
}

/** The same for many slices: what it rests on is computed once, since small slices share it with thousands of others. */
export function slicePowers(): typeof slicePower {
  const drops = new Map<string, number | null>();
  const cases = new Map<string, number | null>();
  return (evidence, alpha) => {
    const alone = evidence.test === null && evidence.baseline === null;
    const basis = evidence.loss === null && !alone ? null : powerBasis(evidence, alone ? 0 : null);
    if (basis === null) return { minimumDetectableDrop: null, casesNeeded: null };
    const { n } = evidence;
    const drop = Math.max(evidence.loss ?? 0, evidence.margin);
    const key = JSON.stringify([basis, alpha]);
    return {
      minimumDetectableDrop: kept(drops, `${key} ${n}`, () => smallestDropSeen(basis, n, alpha)),
      casesNeeded: kept(cases, `${key} ${drop}`, () => casesToSee(basis, drop, alpha)),
    };
  };
}

function kept<T>(known: Map<string, T>, key: string, compute: () => T): T {
  if (!known.has(key)) known.set(key, compute());
  return known.get(key) as T;
}

function zSum(alpha: number): number {
  return normalQuantile(1 - alpha) + normalQuantile(POWER);
}

function halve(low: number, high: number, holds: (value: number) => boolean): number {
  let [from, to] = [low, high];
  for (let step = 0; step < 40; step++) {
    const middle = (from + to) / 2;
    if (holds(middle)) to = middle;
    else from = middle;
  }
  return to;
}
