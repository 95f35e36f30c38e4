/** The order of cases by a column. */

import { rankAttributes } from '../attribute-ranks.ts';
import type { Ranks } from '../case-list.ts';
import type { Codes } from '../grouping-codes.ts';
import { listText, numberOf } from '../sql/values.ts';
import { attributeOfCode, attributeReader, type WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { changedCode } from './dictionary.ts';
import { byNumber } from './numbered-cases.ts';

/** Ranks cases by an attribute: coded columns by their few texts, others in the database. */
export async function rankColumn(table: CaseTable, wide: WideColumns, column: string): Promise<Ranks> {
  const { database, dictionaries } = table;
  const dictionary = dictionaries.get(column);
  if (dictionary !== undefined) {
    const codes = (await byNumber(
      database,
      `CAST(c.d${dictionary.index} AS UINTEGER)`,
      'cases AS c',
    )) as Codes;
    const attributes = Array.from({ length: changedCode(dictionary) + 1 }, (_, code) =>
      attributeOfCode(dictionary, code),
    );
    return rankAttributes({ codes, attributes });
  }
  await wide.prepare([column]);
  const { kind, cell } = attributeReader(dictionaries, wide)(column);
  const number = kind === 'list' ? 'CAST(NULL AS DOUBLE)' : numberOf(cell);
  const text = kind === 'list' ? listText(`(${cell})`) : cell;
  const keys = `SELECT c.n, ${number} AS x, ${text} AS t FROM ${wide.from([column])}`;
  const order = 't IS NULL, x NULLS LAST, CASE WHEN x IS NULL THEN t END NULLS LAST';
  const ranked = `SELECT n, CASE WHEN t IS NULL THEN 0 ELSE dense_rank() OVER (ORDER BY ${order}) END AS r FROM (${keys})`;
  const found = await byNumber(database, 'CAST(c.r AS UINTEGER)', `(${ranked}) AS c`);
  let size = 0;
  for (const one of found) size = Math.max(size, one);
  return { rank: Uint32Array.from(found, (one) => (one === 0 ? size : one - 1)), size };
}
