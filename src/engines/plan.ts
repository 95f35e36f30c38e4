/** Checks of sources and plans that all engines share. */

import { caseKey } from '../cases/index.ts';
import { InternalError, UsageError } from '../errors.ts';
import type { Grouping } from '../slices/index.ts';
import type { ComparisonSource } from './contract.ts';

/**
 * Slices of two groupings with one id could not be told apart.
 *
 * @throws InternalError that names the id
 */
export function refuseRepeatedIds(groupings: readonly Grouping[]): void {
  const ids = new Set<string>();
  for (const { id } of groupings) {
    if (ids.has(id)) {
      throw new InternalError({ message: `two groupings of a plan have the id ${JSON.stringify(id)}` });
    }
    ids.add(id);
  }
}

/**
 * Rows that are cases of their own pair with nothing but themselves.
 *
 * @throws UsageError for two runs of such rows, and for one beside another run
 */
export function refuseRowPairs({ baseline, candidate }: ComparisonSource): void {
  if (baseline === null) return;
  const keys = [caseKey(baseline.mapping), caseKey(candidate.mapping)];
  if (!keys.includes('row') || (baseline.kind === 'same' && keys.every((key) => key === 'row'))) return;
  throw new UsageError({
    message: 'the cases of the two runs cannot be paired: no column is known as the case id or the input',
    hint: 'name the column that identifies a case with --map caseId=COLUMN',
  });
}
