/** Paired differences of two samples. */

/**
 * candidate[i] - baseline[i].
 *
 * @throws RangeError if the samples differ in length
 * @example pairedDifferences([3, 1], [1, 1]) // [2, 0]
 */
export function pairedDifferences(
  candidate: readonly number[],
  baseline: readonly number[],
): readonly number[] {
  if (candidate.length !== baseline.length) {
    throw new RangeError(
      `${candidate.length} candidate values and ${baseline.length} baseline values are not pairs`,
    );
  }
  return candidate.map((value, index) => value - baseline[index]!);
}
