/** The names of the runs that a ledger has, and what to say when one is asked for that it has not. */

import { closest } from 'fastest-levenshtein';
import type { Kysely } from 'kysely';
import { UsageError } from '../errors.ts';
import type { LedgerTables } from './schema.ts';

const LISTED = 10;

/** The error for a name without runs: it lists the names, the newest run first. */
export async function unknownName(db: Kysely<LedgerTables>, name: string): Promise<UsageError> {
  const rows = await db
    .selectFrom('runs')
    .select((e) => ['name', e.fn.max('seq').as('last')])
    .groupBy('name')
    .orderBy('last', 'desc')
    .execute();
  const names = rows.map((row) => row.name);
  if (names.length === 0) {
    return new UsageError({
      message: `the ledger has no runs yet, so there is no ${printable(name)}`,
      hint: 'a gate with a ledger records its runs; record a baseline first',
    });
  }
  const more = names.length > LISTED ? ` and ${names.length - LISTED} more` : '';
  return new UsageError({
    message: `the ledger has no runs named ${printable(name)}; it has ${names.slice(0, LISTED).map(printable).join(', ')}${more}`,
    hint: `did you mean ${printable(closest(name, names))}?`,
  });
}

/** A name for a message: quoted, on one line, without control characters, at most 60 characters. */
export function printable(name: string): string {
  const text = JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}...` : name);
  return text.replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
