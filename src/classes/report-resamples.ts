/** How often a report of classes is resampled: less often where each of very many classes is resampled by itself. */

/** Labels above which every class has a table of its own, and p-values adjusted over all of them need more than any resampling gives. */
const MANY_LABELS = 200;

/**
 * Resamples of a report.
 *
 * @param labels of the comparison
 * @param isWhole all cases, or else one slice
 * @param most as configured
 * @example reportResamples(77, true, 10_000) // 4000
 */
export function reportResamples(labels: number, isWhole: boolean, most: number): number {
  return Math.min(most, labels > MANY_LABELS ? 500 : isWhole ? 4_000 : 1_000);
}
