/** The simulated worlds: slices with sizes and pass rates, and paired outcomes of a baseline and a candidate. */

import { binomialDraw, type Random } from '../../src/stats/index.ts';

/** One slice as it truly is. */
export interface TrueSlice {
  readonly n: number;
  /** Pass rate of the baseline, in [0, 1]. */
  readonly passRate: number;
}

/** Paired outcomes of the cases of one slice. */
export interface PairedCounts {
  readonly both: number;
  readonly lost: number;
  readonly gained: number;
  readonly neither: number;
}

/** The slice that loses cases where a scenario has a regression; it is the first of every release. */
export const WATCHED: TrueSlice = { n: 47, passRate: 0.85 };

/** Points that the watched slice loses where a scenario has a regression. */
export const REGRESSION = 0.14;

const SIZES = { median: 40, sigma: 1.2, least: 5, most: 5000 } as const;
const PASS_RATES = { lowest: 0.78, highest: 0.98 } as const;

/**
 * The slices of one release: the watched slice, then `slices - 1` with lognormal sizes (median 40, sigma 1.2, clipped
 * to 5..5000) and pass rates uniform in .78 to .98.
 */
export function drawSlices(random: Random, slices: number): TrueSlice[] {
  const others = Array.from({ length: slices - 1 }, () => {
    const size = Math.round(SIZES.median * Math.exp(SIZES.sigma * random.nextNormal()));
    return {
      n: Math.min(SIZES.most, Math.max(SIZES.least, size)),
      passRate: PASS_RATES.lowest + (PASS_RATES.highest - PASS_RATES.lowest) * random.nextFloat(),
    };
  });
  return [WATCHED, ...others];
}

/**
 * Paired outcomes of one slice whose pass rate moves by `shift`. Churn is p (1 - p) (1 - rho) each way, where rho is
 * the correlation of two runs of one system; a drop adds to the losses, a rise to the gains.
 *
 * @param rho in [0, 1]: .6 gives about 10 % churn in total, .9 about 2.5 %
 * @param shift change of the pass rate, in [-1, 1]
 */
export function drawOutcomes(
  random: Random,
  { n, passRate }: TrueSlice,
  rho: number,
  shift: number,
): PairedCounts {
  const churn = passRate * (1 - passRate) * (1 - rho);
  const loss = Math.min(passRate, churn + Math.max(0, -shift));
  const gain = Math.min(1 - passRate, churn + Math.max(0, shift));
  const lost = binomialDraw(random, n, loss);
  const gained = binomialDraw(random, n - lost, gain / (1 - loss));
  const unchanged = n - lost - gained;
  const both = binomialDraw(random, unchanged, (passRate - loss) / (1 - loss - gain));
  return { both, lost, gained, neither: unchanged - both };
}
