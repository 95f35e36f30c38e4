/** Which direction a test looks in, and what it answers. */

/**
 * What the test would show: that the candidate (or first sample) lies below the baseline (`less`), above (`greater`), or
 * either.
 */
export type Alternative = 'two-sided' | 'less' | 'greater';

/** The answer of a test. `pValue` is null where the test is undefined, and then `reason` says why. */
export interface TestResult {
  /** Name of the test, such as `welch t`. */
  readonly method: string;
  readonly alternative: Alternative;
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Number of independent units that the test used. */
  readonly n: number;
  /** Degrees of freedom, where the test has them. */
  readonly df?: number;
  readonly reason?: string;
}

/**
 * The p-value of a symmetric statistic, given P(S > s).
 *
 * @example symmetricP(2, 'two-sided', normalSf) // 0.04550026389635842
 */
export function symmetricP(
  statistic: number,
  alternative: Alternative,
  sf: (statistic: number) => number,
): number {
  if (alternative === 'greater') return sf(statistic);
  if (alternative === 'less') return sf(-statistic);
  return Math.min(1, 2 * sf(Math.abs(statistic)));
}

/**
 * Refuses what is not a whole count.
 *
 * @throws RangeError unless every count is a whole number of at least 0
 */
export function checkCounts(...counts: readonly number[]): void {
  for (const count of counts) {
    if (!(Number.isSafeInteger(count) && count >= 0)) {
      throw new RangeError(`count is ${count}, must be a whole number of at least 0`);
    }
  }
}
