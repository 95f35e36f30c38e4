/** Exact power of the one-sided (mid-p) McNemar test, from the two rates at which cases flip. */

/** Which p-value is compared with alpha. */
export type McNemarVariant = 'exact' | 'mid-p';

/** How the paired outcomes of a case fall, and the test that looks at them. */
export interface McNemarDesign {
  /** P(baseline passes, candidate fails), in [0,1]. */
  readonly lossRate: number;
  /** P(baseline fails, candidate passes), in [0,1]. */
  readonly gainRate: number;
  /** One-sided level, in (0,1). */
  readonly alpha: number;
  readonly variant: McNemarVariant;
}

/**
 * Power of the test on n cases: sum over m of Bin(m; n, churn) P(reject | m), losses among m flips being
 * Bin(m, lossRate / churn).
 *
 * @param n cases scored by both, an integer >= 0
 * @throws RangeError when a rate or alpha is out of range
 * Cost: about n steps, a few microseconds at n = 700.
 * @example mcnemarPower(47, { lossRate: 0.18, gainRate: 0.03, alpha: 0.05, variant: 'exact' }) // 0.6478817536
 */
export function mcnemarPower(n: number, design: McNemarDesign): number {
  return powerOf(n, churnOf(design), rejectionByFlips(n, design));
}

/** lossRate + gainRate after checking the design. */
export function churnOf({ lossRate, gainRate, alpha }: McNemarDesign): number {
  const churn = lossRate + gainRate;
  if (!(lossRate >= 0 && gainRate >= 0 && churn <= 1 + 1e-12)) {
    throw new RangeError(
      `loss rate ${lossRate} and gain rate ${gainRate} must be at least 0 and sum to at most 1`,
    );
  }
  if (!(alpha > 0 && alpha < 1)) throw new RangeError(`alpha is ${alpha}, must be in (0,1)`);
  return Math.min(1, churn);
}

/**
 * P(reject | m flips) for m = 0 .. most: each value follows from the one before, since the critical number of losses
 * rises by 0 or 1 from one m to the next.
 */
export function rejectionByFlips(
  most: number,
  { lossRate, gainRate, alpha, variant }: McNemarDesign,
): Float64Array {
  const share = lossRate + gainRate === 0 ? 0.5 : lossRate / (lossRate + gainRate);
  const critical = criticalLossesUpTo(most, alpha, variant);
  const rejected = new Float64Array(most + 1);
  let m = critical.findIndex((losses, flips) => losses <= flips);
  if (m < 0) return rejected;
  // At the first m that can reject, all flips must be losses.
  let tail = share ** m;
  let edge = tail;
  rejected[m] = tail;
  for (; m < most; m++) {
    const losses = critical[m]!;
    // edge is P(X = losses | m); below is P(X = losses - 1 | m).
    const below = share === 0 ? 0 : (edge * losses * (1 - share)) / ((m - losses + 1) * share);
    tail += share * below;
    edge = share * below + (1 - share) * edge;
    if (critical[m + 1]! > losses) {
      tail -= edge;
      edge *= ((m + 1 - losses) * share) / ((losses + 1) * (1 - share) || 1);
      if (share === 1) edge = losses + 1 === m + 1 ? 1 : 0;
    }
    rejected[m + 1] = Math.min(1, Math.max(0, tail));
  }
  return rejected;
}

/** Sum of Bin(m; n, churn) times the chance to reject at m, over the m that matter. */
export function powerOf(n: number, churn: number, rejected: Float64Array): number {
  if (churn >= 1) return rejected[n]!;
  const odds = churn / (1 - churn);
  const mode = Math.min(n, Math.floor((n + 1) * churn));
  let mass = 1;
  let power = rejected[mode]!;
  for (let m = mode, term = 1; m < n && term > 1e-18; m++) {
    term *= ((n - m) / (m + 1)) * odds;
    mass += term;
    power += term * rejected[m + 1]!;
  }
  for (let m = mode, term = 1; m > 0 && term > 1e-18; m--) {
    term *= m / ((n - m + 1) * odds);
    mass += term;
    power += term * rejected[m - 1]!;
  }
  return power / mass;
}

/** Smallest number of losses that rejects at each m = 0 .. most; m + 1 where none does. */
function criticalLossesUpTo(most: number, alpha: number, variant: McNemarVariant): Int32Array {
  const known = recent.find((entry) => entry.alpha === alpha && entry.variant === variant);
  if (known !== undefined && known.losses.length > most) return known.losses;
  const losses = tabulateCriticalLosses(Math.max(most, 750), alpha, variant);
  recent.unshift({ alpha, variant, losses });
  if (recent.length > 8) recent.pop();
  return losses;
}

/** The last tables: a report asks for the same few levels again and again. */
const recent: { alpha: number; variant: McNemarVariant; losses: Int32Array }[] = [];

function tabulateCriticalLosses(most: number, alpha: number, variant: McNemarVariant): Int32Array {
  const critical = new Int32Array(most + 1);
  const bound = alpha * (1 + 1e-12);
  // tail = P(X >= losses), edge = P(X = losses) for X ~ Bin(m, 1/2); m = 0 has p = 1 by convention.
  let losses = 1;
  let tail = 0;
  let edge = 0;
  critical[0] = 1;
  for (let m = 1; m <= most; m++) {
    const below = losses > m - 1 ? (losses === m ? 2 ** -(m - 1) : 0) : (edge * losses) / (m - losses);
    tail += below / 2;
    edge = (below + edge) / 2;
    const pValue = variant === 'exact' ? tail : tail - edge / 2;
    if (pValue > bound) {
      tail -= edge;
      edge *= (m - losses) / (losses + 1);
      losses++;
    }
    critical[m] = losses;
  }
  return critical;
}
