/** How often a candidate has been looked at. */

import type { LedgerConnection } from './connection.ts';

/**
 * Counts the looks at a candidate so far: recorded gates with different run hashes. Repeating the same comparison with
 * the same rules gives the same answer and is no further look; other data or other rules are.
 *
 * @param fingerprints of the candidate's runs; several where its cases accumulate over time
 * @param nextRunHash a gate that is about to be recorded, counted too unless it is known already
 */
export async function countLooks(
  ledger: LedgerConnection,
  fingerprints: readonly string[],
  nextRunHash?: string,
): Promise<number> {
  const rows =
    fingerprints.length === 0
      ? []
      : await ledger.db
          .selectFrom('gates')
          .select('run_hash')
          .distinct()
          .where('candidate_fingerprint', 'in', fingerprints)
          .execute();
  const hashes = new Set(rows.map((row) => row.run_hash));
  if (nextRunHash !== undefined) hashes.add(nextRunHash);
  return hashes.size;
}
