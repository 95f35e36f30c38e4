/** Difference of two means, or one mean, of cases that stand alone and weigh the same: the closed form of the sandwich. */

import type { Contrast, ContrastInput } from './contrast.ts';

/** Cases of one side: number, mean, and sum of squared deviations from it. */
export interface SideMoments {
  readonly n: number;
  readonly mean: number;
  readonly squares: number;
}

/**
 * What `robustContrast` gives without weights and clusters, where every case is a unit: Welch's standard error with the degrees
 * of freedom (1/n + 1/m)^2 / (1/(n^2 (n-1)) + 1/(m^2 (m-1))), which do not depend on the spreads.
 *
 * Cost: two passes over the entries.
 */
export function independentContrast({
  values,
  side,
  counts,
}: Pick<ContrastInput, 'values' | 'side' | 'counts'>): Contrast {
  const cases = [0, 0, 0];
  const sums = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const count = counts === null ? 1 : counts[i]!;
    cases[side[i]!]! += count;
    sums[side[i]!]! += count * values[i]!;
  }
  const means = [0, sums[1]! / cases[1]!, sums[2]! / cases[2]!] as const;
  const squares = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const which = side[i]!;
    if (which === 0) continue;
    const residual = values[i]! - means[which as 1 | 2];
    squares[which]! += (counts === null ? 1 : counts[i]!) * residual * residual;
  }
  const sideOf = (which: 1 | 2): SideMoments => ({
    n: cases[which]!,
    mean: means[which],
    squares: squares[which]!,
  });
  return contrastOfMoments(sideOf(1), sideOf(2));
}

/**
 * The same contrast of sides whose moments are known.
 *
 * @param b a side of no cases compares the mean of `a` with 0
 */
export function contrastOfMoments(a: SideMoments, b: SideMoments): Contrast {
  const shape = {
    first: a.n > 0 ? a.mean : null,
    second: b.n > 0 ? b.mean : null,
    units: [a.n, b.n] as const,
  };
  const none = { se: null, pooledSe: null, df: null } as const;
  if (shape.first === null) return { ...shape, estimate: null, ...none };
  const estimate = shape.first - (shape.second ?? 0);
  if (a.n < 2 || b.n === 1) return { ...shape, estimate, ...none };
  const used = b.n === 0 ? [a] : [a, b];
  const sum = (of: (side: SideMoments) => number) => used.reduce((total, side) => total + of(side), 0);
  const reciprocal = sum(({ n }) => 1 / n);
  const spread = sum(({ n, squares }) => (squares * n) / (n - 1)) / (a.n + b.n);
  return {
    ...shape,
    estimate,
    se: Math.sqrt(sum(({ n, squares }) => squares / (n * (n - 1)))),
    pooledSe: b.n === 0 ? null : Math.sqrt(spread * reciprocal),
    df: reciprocal ** 2 / sum(({ n }) => 1 / (n * n * (n - 1))),
  };
}
