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
 * @example staleness(45.25, 30) // { stale: true, text: 'the baseline is 45.3 days old; the limit is 30 days' }
 */
export function staleness(ageDays: number, maxAgeDays: number | null): Staleness {
  const stale = maxAgeDays !== null && ageDays > maxAgeDays;
  // Rounded away from the limit, so that the shown age agrees with the verdict.
  const tenths = stale ? Math.ceil(ageDays * 10) : Math.floor(ageDays * 10);
  const age = `the baseline is ${(tenths / 10).toFixed(1)} days old`;
  if (maxAgeDays === null) return { stale, text: `${age}; the policy sets no limit` };
  return { stale, text: `${age}; the limit is ${maxAgeDays} days` };
}
