/** Where the labels and predictions of cases are: in `cases` itself, or in a table that is made of the rows. */

import { cellText } from '../cell.ts';
import { isHashed } from '../sql/values.ts';
import type { AnswerColumns } from './answer-columns.ts';
import type { CaseTable } from './case-table.ts';
import type { Dictionary } from './dictionary.ts';
import { ROW_CODES, roleSql, unionSql } from './relation.ts';
import { outcomeList } from './values.ts';

/** Numbers of answers: these, and `text + k` for the text k. */
export const ANSWERS = { none: 0, error: 1, absent: 2, text: 3 } as const;

/** Roles of a case's answers. */
export type AnswerRole = 'expected' | 'baseline' | 'candidate';

/** Answers as numbers over `cases AS c` and `join`; anything for edited cases. */
export interface Answers {
  readonly join: string;
  readonly sql: Readonly<Record<AnswerRole, string>>;
  /** The texts by number, of which some may not occur. */
  readonly texts: Readonly<Record<AnswerRole, readonly string[]>>;
  /** Cases with several trials in a run. */
  readonly severalTrials: number;
}

/** Finds the answers, once; null where there are more than `most` different texts. */
export type FindAnswers = (most: number) => Promise<Answers | null>;

/** The answers of a comparison. */
export function answerFinder(table: CaseTable): FindAnswers {
  if (table.answers !== null) {
    const stored = storedAnswers(table, table.answers);
    return async () => stored;
  }
  let rows: Promise<void> | null = null;
  let coded: Promise<Answers> | null = null;
  return async (most) => {
    rows ??= gatherRows(table);
    await rows;
    if (coded === null) {
      const [[found] = []] = await table.database.rows(
        `SELECT count(*) FROM (SELECT text FROM (${TEXTS}) LIMIT ${most + 1})`,
      );
      if ((found as number) > most) return null;
    }
    coded ??= codeRows(table);
    return coded;
  };
}

function storedAnswers(table: CaseTable, { expected, baseline, candidate }: AnswerColumns): Answers {
  const textsOf = (dictionary: Dictionary | null): readonly string[] =>
    (dictionary?.values ?? []).map((cell) => cellText(cell)!);
  const label = (column: string): string =>
    `CASE WHEN ${column} = 0 THEN ${ANSWERS.none} ELSE CAST(${column} AS INTEGER) + ${ANSWERS.text - 1} END`;
  const answer = (column: string, side: 'baseline' | 'candidate'): string => {
    const absent = outcomeList(table, (o) => table.outcomes[o]![side] === null);
    const error = outcomeList(table, (o) => (table.outcomes[o]![side]?.errors ?? 0) > 0);
    return `CASE WHEN c.o IN ${absent} THEN ${ANSWERS.absent} WHEN c.o IN ${error} THEN ${ANSWERS.error} ELSE ${label(column)} END`;
  };
  return {
    join: '',
    sql: {
      expected: label('c.le'),
      baseline: answer('c.lb', 'baseline'),
      candidate: answer('c.lc', 'candidate'),
    },
    texts: { expected: textsOf(expected), baseline: textsOf(baseline), candidate: textsOf(candidate) },
    severalTrials: 0,
  };
}

/** The first answers of every case that is not edited: predictions as `t` and the text, or `e` for an error. */
async function gatherRows(table: CaseTable): Promise<void> {
  const rows = unionSql(table.relations, (relation) => ({
    id: relation.caseId,
    trial: relation.trial,
    e: roleSql(relation, 'expected', table.lists) ?? 'CAST(NULL AS VARCHAR)',
    p: `CASE WHEN ${relation.code} = ${ROW_CODES.error} THEN 'e' ELSE 't' || coalesce(${roleSql(relation, 'predicted', table.lists) ?? "''"}, '') END`,
  }));
  const rank = `CASE WHEN ${isHashed('e')} THEN '1' ELSE '0' END || CASE side WHEN 1 THEN '0' ELSE '1' END || trial`;
  const unedited = outcomeList(table, (o) => !table.outcomes[o]!.edited);
  const first = (side: 0 | 1): string => `arg_min(p, trial) FILTER (side = ${side})`;
  const several = ([0, 1] as const).map((side) => `count(*) FILTER (side = ${side}) > 1`).join(' OR ');
  await table.database.run(
    `CREATE TEMP TABLE answer_rows AS SELECT id, arg_min(e, ${rank}) FILTER (e IS NOT NULL) AS e, ${first(0)} AS b, ${first(1)} AS c, ${several} AS several FROM (${rows}) SEMI JOIN (SELECT id FROM cases WHERE o IN ${unedited}) USING (id) GROUP BY id`,
  );
}

const TEXTS = `SELECT DISTINCT text FROM (${[
  'SELECT e AS text FROM answer_rows',
  ...['b', 'c'].map((side) => `SELECT substring(${side}, 2) AS text FROM answer_rows`),
].join(' UNION ALL ')}) WHERE text <> ''`;

async function codeRows({ database }: CaseTable): Promise<Answers> {
  await database.run(
    `CREATE TEMP TABLE answer_texts AS SELECT text, CAST(row_number() OVER () + ${ANSWERS.text - 1} AS INTEGER) AS n FROM (${TEXTS})`,
  );
  const answer = (side: string): string =>
    `CASE WHEN r.${side} IS NULL THEN ${ANSWERS.absent} WHEN r.${side} = 'e' THEN ${ANSWERS.error} ELSE coalesce(${side}t.n, ${ANSWERS.none}) END AS ${side}`;
  const join = (side: string): string =>
    `LEFT JOIN answer_texts AS ${side}t ON ${side}t.text = substring(r.${side}, 2)`;
  await database.run(
    `CREATE TEMP TABLE answers AS SELECT r.id, coalesce(et.n, ${ANSWERS.none}) AS e, ${answer('b')}, ${answer('c')} FROM answer_rows AS r LEFT JOIN answer_texts AS et ON et.text = r.e ${join('b')} ${join('c')}`,
  );
  const [texts = []] = await database.columns('SELECT text FROM answer_texts ORDER BY n');
  const [[severalTrials] = []] = await database.rows('SELECT count(*) FROM answer_rows WHERE several');
  await database.run('DROP TABLE answer_rows');
  await database.run('DROP TABLE answer_texts');
  const own = texts as readonly string[];
  return {
    join: ' LEFT JOIN answers AS a ON a.id = c.id',
    sql: { expected: 'a.e', baseline: 'a.b', candidate: 'a.c' },
    texts: { expected: own, baseline: own, candidate: own },
    severalTrials: severalTrials as number,
  };
}
