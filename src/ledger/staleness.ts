/** Whether a baseline is too old to compare with. */

/** A baseline's age against the limit; `text` is ready for a report. */
export interface Staleness {
  readonly stale: boolean;
  readonly text: string;
}

/**
 * Compares an age with the policy's limit; the limit itself is not stale.
 *
 * @param ageDays days since the baseline was recorded, unrounded
 * @param maxAgeDays the limit in days, or null for none
 * @example staleness(45.25, 30) // { stale: true, text: 'the baseline is 45.2 days old; the limit is 30 days' }
 */
export function staleness(ageDays: number, maxAgeDays: number | null): Staleness {
  // Ages are shown rounded down, so that 29.99 of 30 days never reads as 30.
  const age = `the baseline is ${(Math.floor(ageDays * 10) / 10).toFixed(1)} days old`;
  if (maxAgeDays === null) return { stale: false, text: `${age}; the policy sets no limit` };
  const stale = ageDays > maxAgeDays;
  return { stale, text: `${age}; the limit is ${maxAgeDays} days` };
}
