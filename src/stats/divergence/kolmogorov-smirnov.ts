/** Two samples of numbers: the Kolmogorov-Smirnov test, and Wasserstein's distance as the size of the shift. */

/** A two-sample test with its size. */
export interface ShiftTest {
  /** Largest distance of the two empirical distributions, from 0 to 1; null where a side is empty. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Exact where the product of the sizes is at most 10 million (conservative with ties), else by Kolmogorov's limit. */
  readonly method: 'exact' | 'asymptotic';
  /** Mean distance that a value must move (Wasserstein-1), in the unit of the values. */
  readonly wasserstein: number | null;
}

/** Largest product of the sizes for the exact p. */
const EXACT_PRODUCT = 10_000_000;

/**
 * Kolmogorov-Smirnov test of two samples, two-sided. Cost: n log n, and the product of the sizes where that is at most 10 million.
 *
 * @source Hodges 1958, Arkiv för Matematik 3:469 (exact); Smirnov 1939 (limit)
 * @example kolmogorovSmirnov([0, 1, 2, 3, 4], [10, 11, 12, 13, 14, 15, 16]).pValue // 0.0025252525252525255
 */
export function kolmogorovSmirnov(x: ArrayLike<number>, y: ArrayLike<number>): ShiftTest {
  const method = x.length * y.length <= EXACT_PRODUCT ? 'exact' : 'asymptotic';
  const [a, b] = [Float64Array.from(x).sort(), Float64Array.from(y).sort()];
  const [n, m] = [a.length, b.length];
  if (n === 0 || m === 0) return { statistic: null, pValue: null, method, wasserstein: null };
  const { steps, wasserstein } = walk(a, b);
  const statistic = steps / (n * m);
  const pValue = steps === 0 ? 1 : method === 'exact' ? exactP(n, m, steps) : limitP(n, m, statistic);
  return { statistic, pValue, method, wasserstein };
}

/** Largest |i m - j n| after i and j values, which is exact in whole numbers, and the area between both distributions. */
function walk(a: Float64Array, b: Float64Array): { readonly steps: number; readonly wasserstein: number } {
  const [n, m] = [a.length, b.length];
  let [i, j, steps, wasserstein] = [0, 0, 0, 0];
  let last = Math.min(a[0]!, b[0]!);
  while (i < n || j < m) {
    const value = Math.min(a[i] ?? Number.POSITIVE_INFINITY, b[j] ?? Number.POSITIVE_INFINITY);
    wasserstein += Math.abs(i / n - j / m) * (value - last);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    last = value;
    steps = Math.max(steps, Math.abs(i * m - j * n));
  }
  return { steps, wasserstein };
}

/** Share of the ways to mix both samples that somewhere are at least so far apart, by counting paths column by column. */
function exactP(n: number, m: number, steps: number): number {
  // Share of the paths to each place that touched the bound, given that all paths to it are equally likely.
  let touched = new Float64Array(m + 1);
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 1);
    for (let j = 0; j <= m; j++) {
      if (Math.abs(i * m - j * n) >= steps) next[j] = 1;
      else if (i + j > 0)
        next[j] = ((i > 0 ? touched[j]! * i : 0) + (j > 0 ? next[j - 1]! * j : 0)) / (i + j);
    }
    touched = next;
  }
  return touched[m]!;
}

/** Kolmogorov's distribution with the effective size n m / (n + m). */
function limitP(n: number, m: number, statistic: number): number {
  return kolmogorovTail(Math.sqrt((n * m) / (n + m)) * statistic);
}

function kolmogorovTail(lambda: number): number {
  if (lambda < 1.18) {
    // The dual series converges fast here.
    const t = Math.exp(-(Math.PI ** 2) / (8 * lambda * lambda));
    return 1 - (Math.sqrt(2 * Math.PI) / lambda) * (t + t ** 9 + t ** 25 + t ** 49);
  }
  const t = Math.exp(-2 * lambda * lambda);
  return 2 * (t - t ** 4 + t ** 9 - t ** 16);
}
