/** What the cases ask, as hashes, so that a case is known again under another id. */

import type { ContentKey } from '../contract.ts';
import { hashed } from '../sql/values.ts';
import type { CaseTable } from './case-table.ts';
import { roleSql } from './relation.ts';

/** See `Engine.contentKeys`. */
export async function contentKeys({ database, relations, lists }: CaseTable): Promise<readonly ContentKey[]> {
  const sides = relations.flatMap((relation) => {
    const text = roleSql(relation, 'input', lists);
    if (text === null) return [];
    return [
      `SELECT ${hashed('text')} AS key, min(id) AS id FROM (SELECT ${text} AS text, ${relation.caseId} AS id FROM ${relation.from}) WHERE text IS NOT NULL GROUP BY key`,
    ];
  });
  if (sides.length === 0) return [];
  const [keys = [], ids = []] = await database.columns(
    `SELECT key, min(id) FROM (${sides.join(' UNION ALL ')}) GROUP BY key ORDER BY key`,
  );
  return keys.map((key, i) => ({ key: key as string, caseId: ids[i] as string }));
}
