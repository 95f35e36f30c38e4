/** Sample quantiles of the nine usual types. */

/** Hyndman and Fan's numbers; 7 is the default of R, numpy and this package. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/**
 * Quantile of a sample; null for an empty one.
 *
 * @param values finite numbers in any order
 * @param q in [0,1]
 * @throws RangeError when q is outside [0,1]
 * @source Hyndman and Fan 1996, The American Statistician 50:361
 * @example quantile([3, 1, 2], 0.25) // 1.5
 */
export function quantile(values: ArrayLike<number>, q: number, type: QuantileType = 7): number | null {
  if (values.length === 0) {
    requireShare(q);
    return null;
  }
  return quantileOfSorted(Float64Array.from(values).sort(), q, type);
}

/**
 * Quantile of a sample that is in ascending order and not empty.
 *
 * @example quantileOfSorted([1, 2, 3], 0.25) // 1.5
 */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number, type: QuantileType = 7): number {
  requireShare(q);
  const n = sorted.length;
  const at = (rank: number) => sorted[Math.min(n, Math.max(1, rank)) - 1]!;
  if (type <= 3) return atStep(type, n * q, at);
  const position = n * q + OFFSET[type as keyof typeof OFFSET](q);
  const low = Math.floor(position + 4 * Number.EPSILON * Math.max(1, position));
  const share = position - low;
  const value = at(low);
  return Math.abs(share) < 1e-12 * Math.max(1, n) ? value : value + share * (at(low + 1) - value);
}

/** Types 4 to 9 interpolate at rank n q + m. */
const OFFSET: Readonly<Record<4 | 5 | 6 | 7 | 8 | 9, (q: number) => number>> = {
  4: () => 0,
  5: () => 0.5,
  6: (q) => q,
  7: (q) => 1 - q,
  8: (q) => (q + 1) / 3,
  9: (q) => q / 4 + 3 / 8,
};

/** Types 1 to 3 take values of the sample, without interpolation but for the averages of type 2. */
function atStep(type: number, nq: number, at: (rank: number) => number): number {
  const position = type === 3 ? nq - 0.5 : nq;
  const low = Math.floor(position + 4 * Number.EPSILON * Math.max(1, nq));
  const onStep = position - low <= 4 * Number.EPSILON * Math.max(1, nq);
  if (!onStep) return at(low + 1);
  if (type === 2) return (at(low) + at(low + 1)) / 2;
  return type === 3 && low % 2 !== 0 ? at(low + 1) : at(low);
}

function requireShare(q: number): void {
  if (!(q >= 0 && q <= 1)) throw new RangeError(`q is ${q}, must be in [0,1]`);
}
