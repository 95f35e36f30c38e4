/** Numbers the combinations of some expressions, so that only numbers leave the database. */

import type { Database, DatabaseValue } from './database.ts';

/** The combinations that occur, numbered 0, 1, ... */
export interface KeyTable {
  readonly size: number;
  /** Joins the table to the FROM item that it was made from. */
  readonly join: string;
  /** The number of a row, once joined. */
  readonly code: string;
  /** The values of some numbers, in the same order. */
  valuesOf(codes: readonly number[]): Promise<readonly (readonly DatabaseValue[])[]>;
  drop(): Promise<void>;
}

/** Up to so many numbers are looked up one by one. */
const LISTED_CODES = 1_000;

/** Makes a table of the combinations; `name` must be free. */
export async function createKeyTable(
  database: Database,
  name: string,
  expressions: readonly string[],
  from: string,
): Promise<KeyTable> {
  const values = expressions.map((expression, i) => `${expression} AS x${i}`).join(', ');
  await database.run(
    `CREATE TEMP TABLE ${name} AS SELECT CAST(row_number() OVER () - 1 AS UINTEGER) AS code, * FROM (SELECT DISTINCT ${values} FROM ${from})`,
  );
  const [[size] = []] = await database.rows(`SELECT count(*) FROM ${name}`);
  const names = expressions.map((_, i) => `x${i}`).join(', ');
  const isEqual = expressions.map((expression, i) => `${name}.x${i} IS NOT DISTINCT FROM (${expression})`);
  return {
    size: size as number,
    join: `LEFT JOIN ${name} ON ${isEqual.join(' AND ')}`,
    code: `${name}.code`,
    async valuesOf(codes) {
      const where = codes.length <= LISTED_CODES ? ` WHERE code IN (${[-1, ...codes].join(', ')})` : '';
      const rows = await database.rows(`SELECT code, ${names} FROM ${name}${where}`);
      const found = new Map(rows.map(([code, ...own]) => [code as number, own]));
      return codes.map((code) => found.get(code)!);
    },
    drop: () => database.run(`DROP TABLE ${name}`),
  };
}
