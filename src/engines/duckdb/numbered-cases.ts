/** Cases with a number each, in the order of their ids: what lists of cases page through. */

import { InternalError } from '../../errors.ts';
import type { Database, NumberColumn } from './database.ts';

/** Puts `cases` into the order of ids and numbers them as `n`, from 0; gives the number of the pair of outcomes of each. */
export async function numberCases(database: Database): Promise<Uint32Array> {
  await database.run(
    'CREATE TEMP TABLE numbered AS SELECT *, CAST(row_number() OVER (ORDER BY id) - 1 AS UINTEGER) AS n FROM cases ORDER BY n',
  );
  await database.run('DROP TABLE cases');
  await database.run('ALTER TABLE numbered RENAME TO cases');
  return (await byNumber(database, 'CAST(c.o AS UINTEGER)', 'cases AS c')) as Uint32Array;
}

/**
 * A number per case, in the order of ids.
 *
 * @param from has each case once, as `c` with its number `n`
 */
export async function byNumber(database: Database, expression: string, from: string): Promise<NumberColumn> {
  const [[cases] = []] = await database.rows('SELECT count(*) FROM cases');
  const [numbers, values] = await database.numbers(
    `SELECT c.n, ${expression} FROM ${from}`,
    cases as number,
    'scanned',
  );
  if (numbers === undefined || values === undefined)
    throw new InternalError({ message: 'cases have no numbers' });
  const ordered = values.slice();
  for (let i = 0; i < ordered.length; i++) ordered[numbers[i]!] = values[i]!;
  return ordered;
}
