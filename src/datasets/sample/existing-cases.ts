/** The cases that an eval set has: they count towards floors and are not drawn again. */

import { crossValue } from '../../slices/index.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import { cellAt, recordChunks } from '../logs/record-chunks.ts';
import { textHash } from './row-identity.ts';
import { stratumParts } from './stratum.ts';

/** What is known of them. */
export interface ExistingCases {
  readonly cases: number;
  readonly ids: ReadonlySet<string>;
  /** Of inputs, as `textHash` makes them. */
  readonly inputs: ReadonlySet<string>;
  readonly byStratum: ReadonlyMap<string, number>;
  /** Cases without the slice key. */
  readonly missing: number;
}

/** No eval set. */
export const NO_CASES: ExistingCases = {
  cases: 0,
  ids: new Set(),
  inputs: new Set(),
  byStratum: new Map(),
  missing: 0,
};

/**
 * Reads the cases; rows with the same id (trials) are one.
 *
 * @param columns of the strata, as the eval set calls them; null where it has none
 */
export async function readExisting(
  records: OpenedRecords,
  columns: readonly (string | null)[],
): Promise<ExistingCases> {
  const ids = new Set<string>();
  const inputs = new Set<string>();
  const byStratum = new Map<string, number>();
  let cases = 0;
  let missing = 0;
  const { caseId, input } = records.mapping;
  const wanted = columns.filter((column) => column !== null);
  for await (const chunk of recordChunks(records, wanted, null)) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      const id = cellAt(chunk, caseId, row);
      const text = cellAt(chunk, input, row);
      const hash = typeof text === 'string' ? textHash(text) : null;
      const isKnown = typeof id === 'string' ? ids.has(id) : hash !== null && inputs.has(hash);
      if (typeof id === 'string') ids.add(id);
      if (hash !== null) inputs.add(hash);
      if (isKnown) continue;
      cases += 1;
      const parts = stratumParts(columns.map((column) => cellAt(chunk, column, row)));
      if (parts === null) missing += 1;
      else {
        const key = crossValue(parts);
        byStratum.set(key, (byStratum.get(key) ?? 0) + 1);
      }
    }
  }
  return { cases, ids, inputs, byStratum, missing };
}
