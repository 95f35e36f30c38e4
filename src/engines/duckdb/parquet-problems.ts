/** Names the rows of Parquet files that cannot be read. */

import {
  type Cell,
  caseKey,
  interpretRows,
  type PassWords,
  type ProblemLog,
  type Role,
} from '../../cases/index.ts';
import { InternalError } from '../../errors.ts';
import type { Database, DatabaseValue } from './database.ts';
import type { Relation, RelationColumn } from './relation.ts';

/** So many bad rows are looked at one by one. */
const EXAMINED = 10_000;

const CHECKED_ROLES: readonly Role[] = [
  'caseId',
  'trial',
  'passed',
  'score',
  'input',
  'latency',
  'cost',
  'weight',
];

/** SQL finds the rows, and the readers of text files say what is wrong with them, so that messages are the same. */
export async function reportBadRows(
  database: Database,
  relation: Relation,
  { bad, passWords }: { readonly bad: string; readonly passWords: PassWords | undefined },
  log: ProblemLog,
): Promise<void> {
  const { mapping, place } = relation;
  const [[count = 0] = []] = await database.rows(`SELECT count(*) FILTER (${bad}) FROM ${relation.from}`);
  if (count === 0) return;
  const names = [...relation.columns.keys()].filter(
    (name) =>
      CHECKED_ROLES.some((role) => mapping[role] === name) ||
      (mapping.error !== undefined && (name === mapping.error || name.startsWith(`${mapping.error}.`))),
  );
  const cells = names.flatMap((name) => rawCells(relation.columns.get(name)!));
  const found = await database.rows(
    `SELECT ${[place.file, place.line, ...cells].join(', ')} FROM ${relation.from} AND (${bad}) ORDER BY 1, 2 LIMIT ${EXAMINED}`,
  );
  const cases = caseKey(mapping) === 'row' ? { cases: 'rows' as const } : {};
  const before = log.count();
  for (const [file, part] of Map.groupBy(found, ([name]) => name as string)) {
    const chunk = {
      file,
      lines: part.map(([, line]) => line as number),
      columns: new Map(
        names.map((name, i) => [name, part.map((row) => cellOf(row[2 * i + 2]!, row[2 * i + 3]!))]),
      ),
    };
    const { run: _run, ...roles } = mapping;
    for await (const _ of interpretRows([chunk], { mapping: roles, passWords, run: null, ...cases }, log));
  }
  if (log.count() === before) {
    throw new InternalError({ message: `${count} rows of the ${relation.side} were refused for no reason` });
  }
  log.addUnlisted((count as number) - found.length);
}

/** The text and the list of a cell, at most one of which is there. */
function rawCells({ kind, sql, orText }: RelationColumn): readonly string[] {
  return kind === 'text' ? [sql, 'NULL'] : [orText ?? 'NULL', sql];
}

function cellOf(text: DatabaseValue, list: DatabaseValue): Cell {
  return text === null && Array.isArray(list) ? list.map(String) : (text as string | null);
}
