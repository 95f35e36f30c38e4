/** Lets the baseline decide in which slice a case is whose rows disagree (`Engine.settle`). */

import type { SettledColumn } from '../contract.ts';
import { ID_LIMIT } from '../limits.ts';
import { settledColumn } from '../settled-column.ts';
import { listText } from '../sql/values.ts';
import type { StoredColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { CountCache } from './count.ts';
import { codeSql } from './dictionary.ts';
import { cellSql, unionSql } from './relation.ts';

/** Settles one column; null where no case disagrees. Counts that were kept are dropped, for some are of it. See `Engine.settle`. */
export async function settleColumn(
  table: CaseTable,
  wide: StoredColumns,
  cache: CountCache,
  column: string,
): Promise<SettledColumn | null> {
  const isKnown = table.relations.some(({ columns }) => columns.has(column));
  if (table.baseline === null || !isKnown || table.idColumns.has(column)) return null;
  const { database, dictionaries, lists, relations } = table;
  const dictionary = dictionaries.get(column);
  const rows = unionSql(relations, (relation) => ({
    id: relation.caseId,
    v: cellSql(relation, column, lists),
    ...(dictionary === undefined ? {} : { d: codeSql(relation, column, dictionary) }),
  }));
  const bounds = ['b', 'c'].map(
    (side, at) => `min(v) FILTER (side = ${at}) AS ${side}l, max(v) FILTER (side = ${at}) AS ${side}h`,
  );
  const code = dictionary === undefined ? '' : ', max(d) FILTER (side = 0) AS d';
  await database.run(
    `CREATE TEMP TABLE settled AS SELECT id, CASE WHEN bl = bh THEN bl END AS b, CASE WHEN cl = ch THEN cl END AS c${dictionary === undefined ? '' : ', d'} FROM (SELECT id, ${bounds.join(', ')}, min(v) AS low, max(v) AS high${code} FROM (${rows}) WHERE v IS NOT NULL GROUP BY id) WHERE low <> high`,
  );
  const text = (name: string): string => (lists.has(column) ? listText(`(${name})`) : name);
  const found = await database.rows(`SELECT ${text('b')}, ${text('c')}, count(*) FROM settled GROUP BY ALL`);
  const ids = await database.rows(`SELECT id FROM settled WHERE b IS NOT NULL ORDER BY id LIMIT ${ID_LIMIT}`);
  if (ids.length > 0) {
    cache.clear();
    table.settled.add(column);
    if (dictionary === undefined) await wide.prepare([column]);
    const [target, change] =
      dictionary === undefined
        ? [wide.tableOf(column), 'v = s.b, changed = FALSE']
        : ['cases', `d${dictionary.index} = s.d`];
    await database.run(
      `UPDATE ${target} SET ${change} FROM settled AS s WHERE s.id = ${target}.id AND s.b IS NOT NULL`,
    );
  }
  await database.run('DROP TABLE settled');
  const disagreements = found.map(([from, to, cases]) => ({
    from: from as string | null,
    to: to as string | null,
    cases: cases as number,
  }));
  return settledColumn(
    column,
    disagreements,
    ids.map(([id]) => id as string),
  );
}
