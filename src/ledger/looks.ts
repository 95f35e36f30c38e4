/** How often a candidate has been looked at. */

import type { LedgerConnection } from './connection.ts';

/**
 * Which candidate: by the fingerprints of its results; or by its name, where fresh cases accumulate and every look has
 * results of its own. By name only gates in the always-valid mode count, in which such looks are made.
 */
export type LooksAt = { readonly fingerprints: readonly string[] } | { readonly candidate: string };

/**
 * Counts the looks at a candidate so far: recorded gates with different run hashes. Repeating the same comparison with
 * the same rules gives the same answer and is no further look; other data or other rules are.
 *
 * @param nextRunHash a gate that is about to be recorded, counted too unless it is known already
 */
export async function countLooks(
  ledger: LedgerConnection,
  at: LooksAt,
  nextRunHash?: string,
): Promise<number> {
  const gates = ledger.db.selectFrom('gates').select(['run_hash', 'policy']).distinct();
  const rows =
    'candidate' in at
      ? (await gates.where('candidate_name', '=', at.candidate.toWellFormed()).execute()).filter(
          ({ policy }) => (JSON.parse(policy) as { looks?: string }).looks === 'always-valid',
        )
      : at.fingerprints.length === 0
        ? []
        : await gates.where('candidate_fingerprint', 'in', at.fingerprints).execute();
  const hashes = new Set(rows.map((row) => row.run_hash));
  if (nextRunHash !== undefined) hashes.add(nextRunHash);
  return hashes.size;
}
