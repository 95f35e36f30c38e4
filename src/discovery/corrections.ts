/** Corrections over everything that was enumerated: millions of p-values in typed arrays, no list of objects. */

/** How a family of p-values is corrected; `none` compares each with alpha. */
export type Correction = 'bonferroni' | 'holm' | 'bh' | 'by' | 'none';

/** What a correction keeps of a family. */
export interface CorrectedFamily {
  readonly method: Correction;
  /** P-values that count: all that are not NaN. */
  readonly tests: number;
  readonly alpha: number;
  /** How many adjusted p-values are at most alpha. */
  readonly significant: number;
  /** The largest p-value that is significant; null where none is. */
  readonly cutoff: number | null;
  /** Adjusted p-value, at most 1, of a p-value of the family; null for NaN. */
  readonly adjust: (p: number) => number | null;
}

/**
 * Corrects a family. Equal p-values get equal adjusted values.
 *
 * @param p p-values in [0, 1]; NaN is a slice that could not be tested and does not count. Left as it is
 * @param alpha in (0, 1): family-wise error (bonferroni, holm) or false discovery rate (bh, by)
 * @throws RangeError when a p-value lies outside [0, 1]
 * Cost: one sort of numbers; 16 bytes per p-value.
 * @example correctFamily(Float64Array.of(0.01, 0.04, 0.03), 'holm', 0.05).adjust(0.03) // 0.06
 */
export function correctFamily(p: Float64Array, method: Correction, alpha: number): CorrectedFamily {
  const sorted = p.filter((value) => !Number.isNaN(value)).sort();
  const tests = sorted.length;
  if (tests > 0 && !(sorted[0]! >= 0 && sorted[tests - 1]! <= 1)) {
    throw new RangeError(`p-values from ${sorted[0]} to ${sorted[tests - 1]}, must be in [0, 1]`);
  }
  const adjusted = adjustSorted(sorted, method);
  const significant = countAtMost(adjusted, alpha);
  return {
    ...{ method, tests, alpha, significant },
    cutoff: significant === 0 ? null : sorted[significant - 1]!,
    adjust: (value) => {
      if (Number.isNaN(value)) return null;
      // The last of equal p-values has the adjusted value that a step-up gives to all of them; step-downs take the first.
      const place =
        method === 'bh' || method === 'by' ? countAtMost(sorted, value) - 1 : countBelow(sorted, value);
      if (sorted[place] !== value) throw new RangeError(`${value} is no p-value of this family`);
      return adjusted[place]!;
    },
  };
}

/** Adjusted values of ascending p-values, themselves ascending. */
function adjustSorted(sorted: Float64Array, method: Correction): Float64Array {
  const tests = sorted.length;
  const adjusted = new Float64Array(tests);
  if (method === 'bonferroni' || method === 'holm' || method === 'none') {
    let top = 0;
    for (let i = 0; i < tests; i++) {
      const factor = method === 'none' ? 1 : method === 'holm' ? tests - i : tests;
      top = Math.max(top, Math.min(1, sorted[i]! * factor));
      adjusted[i] = top;
    }
    return adjusted;
  }
  let factor = tests;
  if (method === 'by') for (let i = 2, one = tests; i <= tests; i++) factor += one / i;
  let low = 1;
  for (let i = tests - 1; i >= 0; i--) {
    low = Math.min(low, (sorted[i]! * factor) / (i + 1));
    adjusted[i] = low;
  }
  return adjusted;
}

function countAtMost(ascending: Float64Array, bound: number): number {
  return firstPlace(ascending.length, (i) => ascending[i]! > bound);
}

function countBelow(ascending: Float64Array, bound: number): number {
  return firstPlace(ascending.length, (i) => ascending[i]! >= bound);
}

/** The first whole number below `end` for which a monotone condition holds; `end` where it never does. */
function firstPlace(end: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = end;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Tarone's family: those slices only that could be significant at all. */
export interface TestableFamily {
  /** Bonferroni's factor: the smallest k with at most k slices able to reach alpha / k. */
  readonly factor: number;
  /** Largest p-value that is significant: alpha / factor. */
  readonly bound: number;
  /** Slices whose smallest reachable p-value is at most `bound`. */
  readonly testable: number;
  readonly tests: number;
}

/**
 * Tarone's choice of the family (LAMP when used on item sets): exact family-wise control over everything enumerated, paying
 * only for slices that could reach significance. A slice is significant when its p-value is at most `bound`.
 *
 * @param smallest smallest reachable p-value of every enumerated slice (`smallestSliceP`); NaN does not count
 * @param alpha family-wise error, in (0, 1)
 * @source Tarone 1990, Biometrics 46:515; Terada et al. 2013, PNAS 110:12996
 * @example testableFamily(Float64Array.of(2 ** -11, 2 ** -4, 1), 0.05).factor // 1
 */
export function testableFamily(smallest: Float64Array, alpha: number): TestableFamily {
  const sorted = smallest.filter((value) => !Number.isNaN(value)).sort();
  const tests = sorted.length;
  // More slices reach a laxer bound, so "at most k reach alpha / k" stays true from the first k on.
  const factor =
    1 + firstPlace(Math.max(0, tests - 1), (place) => countAtMost(sorted, alpha / (place + 1)) <= place + 1);
  const bound = alpha / factor;
  return { factor, bound, testable: countAtMost(sorted, bound), tests };
}

/**
 * Shares of alpha by level that sum to 1: 1/2, 1/4, ... with the last level taking what is left, so that single conditions,
 * of which there are few, are not paid for by the many conjunctions.
 *
 * @param levels number of levels, at least 1
 * @example levelShares(3) // [0.5, 0.25, 0.25]
 */
export function levelShares(levels: number): readonly number[] {
  return Array.from({ length: levels }, (_, i) => 0.5 ** Math.min(i + 1, levels - 1));
}

/** One level's family, corrected at its own share of alpha. */
export interface LevelFamily {
  readonly level: number;
  readonly share: number;
  readonly family: CorrectedFamily;
}

/**
 * Corrects each level apart at its share of alpha. The whole keeps the family-wise error (or false discovery rate) below
 * alpha, since the parts sum to it.
 *
 * @param p p-values per level, from level 1
 * @example correctByLevel([Float64Array.of(0.02), Float64Array.of(0.02)], 'holm', 0.05)[0].family.significant // 1
 */
export function correctByLevel(
  p: readonly Float64Array[],
  method: Correction,
  alpha: number,
): readonly LevelFamily[] {
  const shares = levelShares(p.length);
  return p.map((values, i) => ({
    level: i + 1,
    share: shares[i]!,
    family: correctFamily(values, method, alpha * shares[i]!),
  }));
}
