/** Which changes have a colour: those whose interval leaves out zero, and so can be told from no change. */

/** What a change is for people: worse, better, or neither can be told. */
export type Tone = 'loss' | 'gain' | '';

/**
 * The tone of a change by its interval; none where zero lies inside, at a limit, or where there is no interval.
 *
 * @example toneOfChange({ lower: -0.28, upper: -0.06 }, true) // 'loss'
 */
export function toneOfChange(
  { lower, upper }: { readonly lower: number | null; readonly upper: number | null },
  higherIsBetter: boolean,
): Tone {
  if (lower === null || upper === null || (lower <= 0 && upper >= 0)) return '';
  return lower > 0 === higherIsBetter ? 'gain' : 'loss';
}
