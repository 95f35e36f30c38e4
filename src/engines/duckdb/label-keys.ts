/** Numbers the combinations of labels and predictions, so that slices count one small number per case. */

import { ANSWERS, type AnswerRole, type Answers } from './answers.ts';
import type { CaseTable } from './case-table.ts';
import { outcomeList, roleRangeSql } from './values.ts';

/** Combinations by number; `cases` gets their numbers as the column `lk` when it is first asked for. */
export interface LabelKeys {
  /** Numbers of `Answers`; the combination 0 is that of edited cases. */
  readonly answers: Readonly<Record<AnswerRole, readonly number[]>>;
  /** Label texts of cases that are not edited. */
  readonly texts: ReadonlySet<string>;
  attach(): Promise<void>;
}

const ROLES: readonly AnswerRole[] = ['expected', 'baseline', 'candidate'];

/** Finds the combinations that occur. */
export async function labelKeys(table: CaseTable, { join, sql, texts }: Answers): Promise<LabelKeys> {
  const { database } = table;
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  const named = ROLES.map((role) => `${sql[role]} AS ${role}`).join(', ');
  await database.run(
    `CREATE TEMP TABLE label_keys AS SELECT CAST(row_number() OVER () AS UINTEGER) AS n, * FROM (SELECT DISTINCT ${named} FROM cases AS c${join} WHERE c.o IN ${unedited})`,
  );
  const [expected = [], baseline = [], candidate = []] = (await database.columns(
    `SELECT ${ROLES.join(', ')} FROM label_keys ORDER BY n`,
  )) as readonly (readonly number[])[];
  const answers = { expected: [0, ...expected], baseline: [0, ...baseline], candidate: [0, ...candidate] };
  const found = new Set<string>();
  for (const role of ROLES) {
    for (const number of answers[role])
      if (number >= ANSWERS.text) found.add(texts[role][number - ANSWERS.text]!);
  }
  found.delete('');
  let attached: Promise<void> | null = null;
  return {
    answers,
    texts: found,
    attach() {
      attached ??= attachKeys(table, expected.length, { join, sql });
      return attached;
    },
  };
}

/** Small numbers make small groups: DuckDB counts them in a table without hashing. */
async function attachKeys(
  { database, outcomes, ...table }: CaseTable,
  keys: number,
  { join, sql }: Pick<Answers, 'join' | 'sql'>,
): Promise<void> {
  const unedited = outcomeList({ database, outcomes, ...table }, (o) => !outcomes[o]!.edited);
  // The join must be one of equal columns: any other condition would compare every case with every combination.
  const columns = ROLES.map(
    (role) => `CASE WHEN c.o IN ${unedited} THEN ${sql[role]} ELSE -1 END AS key_${role}`,
  );
  const isKey = ROLES.map((role) => `k.${role} = c.key_${role}`).join(' AND ');
  const number = `CAST(coalesce(k.n, 0) AS ${keys < 65_536 ? 'USMALLINT' : 'UINTEGER'})`;
  const own = ROLES.map((role) => `key_${role}`).join(', ');
  await database.run(
    `CREATE TEMP TABLE labelled AS SELECT c.* EXCLUDE (${own}), ${number} AS lk FROM (SELECT c.*, ${columns.join(', ')} FROM cases AS c${join}) AS c LEFT JOIN label_keys AS k ON ${isKey}`,
  );
  for (const done of ['cases', 'label_keys']) await database.run(`DROP TABLE ${done}`);
  await database.run('ALTER TABLE labelled RENAME TO cases');
}

/** Numbers the clusters by the lowest id of their cases; a case without one is a cluster of its own. The join gives `lc.k`. */
export async function joinClusters(table: CaseTable): Promise<string | null> {
  const range = roleRangeSql(table, 'cluster');
  if (range === null) return null;
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  const own = `SELECT c.id, CASE WHEN k.low = k.high THEN 'k' || k.low ELSE 'i' || c.id END AS name FROM cases AS c LEFT JOIN ${range} AS k ON k.id = c.id WHERE c.o IN ${unedited}`;
  await table.database.run(
    `CREATE TEMP TABLE label_clusters AS WITH own AS (${own}), named AS (SELECT name, CAST(row_number() OVER (ORDER BY min(id)) - 1 AS INTEGER) AS k FROM own GROUP BY name) SELECT id, k FROM own JOIN named USING (name)`,
  );
  return ' LEFT JOIN label_clusters AS lc ON lc.id = c.id';
}
