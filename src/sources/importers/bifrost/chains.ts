/** Finds the attempts that belong to one request of a user: a fallback chain is one request. */

import type { RecordFields } from '../records/index.ts';
import { millisOf } from '../records/index.ts';

/** The attempts of one request. */
export interface Chain {
  /** The last attempt: what the user got. */
  readonly final: RecordFields;
  /** The attempts before it. */
  readonly others: readonly RecordFields[];
}

/**
 * Chains among rows that share a parent request. Rows without `fallback_index` are attempts of one request; with it, every
 * row of index 0 starts a request, because a parent may also be a session that an application gave.
 */
export function chainsOf(rows: readonly RecordFields[]): readonly Chain[] {
  const ordered = rows
    .map((row) => ({ row, index: row.number('fallback_index'), at: millisOf(row.text('timestamp')) ?? 0 }))
    .sort((a, b) => a.at - b.at || (a.index ?? 0) - (b.index ?? 0));
  const isNumbered = ordered.some(({ index }) => index !== null);
  const chains: (typeof ordered)[] = [];
  for (const attempt of ordered) {
    const open = isNumbered && (attempt.index ?? 0) === 0 ? undefined : chains.at(-1);
    if (open === undefined) chains.push([attempt]);
    else open.push(attempt);
  }
  return chains.map((attempts) => {
    const sorted = attempts.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0) || a.at - b.at);
    return { final: sorted.at(-1)!.row, others: sorted.slice(0, -1).map(({ row }) => row) };
  });
}
