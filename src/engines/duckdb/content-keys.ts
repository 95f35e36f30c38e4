/** What the cases ask, as hashes, so that a case is known again under another id. */

import { hashed } from '../sql/values.ts';
import type { CaseTable } from './case-table.ts';
import { roleSql } from './relation.ts';

/** See `Engine.contentKeys`. */
export async function contentKeys({ database, relations, lists }: CaseTable): Promise<readonly string[]> {
  const sides = relations.flatMap((relation) => {
    const text = roleSql(relation, 'input', lists);
    return text === null ? [] : [`SELECT DISTINCT ${text} AS text FROM ${relation.from}`];
  });
  if (sides.length === 0) return [];
  const [keys = []] = await database.columns(
    `SELECT DISTINCT ${hashed('text')} AS key FROM (${sides.join(' UNION ALL ')}) WHERE text IS NOT NULL ORDER BY key`,
  );
  return keys as readonly string[];
}
