/** How often two trials of one case disagree. */

/**
 * Chance that two different trials of a case disagree: 2 c (T - c) / (T (T - 1)); null below two trials.
 *
 * @param passed c, integer in [0, trials]
 * @param trials T, integer >= 0
 * @throws RangeError when the numbers do not fit
 * @example flakiness(3, 5) // 0.6
 */
export function flakiness(passed: number, trials: number): number | null {
  if (![passed, trials].every(Number.isSafeInteger) || passed < 0 || passed > trials) {
    throw new RangeError(
      `${passed} of ${trials} trials passed: integers with 0 <= passed <= trials are needed`,
    );
  }
  return trials < 2 ? null : (2 * passed * (trials - passed)) / (trials * (trials - 1));
}

/**
 * Whether trials of a case disagree at all.
 *
 * @example isFlaky(3, 5) // true
 */
export function isFlaky(passed: number, trials: number): boolean {
  return passed > 0 && passed < trials;
}
