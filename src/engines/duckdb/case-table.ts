/** Joins both runs into the table `cases`: id, number of its pair of outcomes, and a code per column of few texts. */

import { caseKey, type Role } from '../../cases/index.ts';
import { duplicateError } from '../duplicates.ts';
import { hashed, isHashed } from '../sql/values.ts';
import { type AnswerColumns, answerColumns, joinedAnswers, scannedAnswers } from './answer-columns.ts';
import type { Database, DatabaseValue } from './database.ts';
import {
  changedCode,
  codeSql,
  codeType,
  createEnums,
  type Dictionary,
  findDictionaries,
} from './dictionary.ts';
import { COUNT_NAMES, countsSql, type OutcomePair, pairOf, singlePairSql, singlePairs } from './outcomes.ts';
import { type ListColumns, type Relation, roleSql, unionSql, withHashedKeys } from './relation.ts';

/** The comparison in the database. `cases` has the columns `id`, `o`, `d0`, `d1`, ... and those of `answers`. */
export interface CaseTable {
  readonly database: Database;
  /** Baseline first, where there is one. */
  readonly relations: readonly Relation[];
  readonly baseline: Relation | null;
  readonly candidate: Relation;
  readonly lists: ListColumns;
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  /** Columns whose attribute is the case id itself. */
  readonly idColumns: ReadonlySet<string>;
  /** Columns in which the baseline decides where the rows of a case disagree (`Engine.settle`); grows. */
  readonly settled: Set<string>;
  /** Labels and predictions that `cases` has as codes. */
  readonly answers: AnswerColumns | null;
  /** By the number `o` of `cases`. */
  readonly outcomes: readonly OutcomePair[];
  /** Whether no case has two rows in one run. */
  readonly isSingle: boolean;
}

/** Roles whose difference between the runs makes a case edited. */
const EDIT_ROLES: readonly Role[] = ['input', 'expected'];

/**
 * Joins the runs.
 *
 * @param limit most different texts of a column that is turned into codes
 * @throws DataError where a side has two rows of one case and trial
 */
export async function buildCases(
  database: Database,
  baseline: Relation | null,
  candidate: Relation,
  limit: number,
): Promise<CaseTable> {
  const opened = baseline === null ? [candidate] : [baseline, candidate];
  const relations = await alignKeys(database, opened);
  const lists = listColumns(relations);
  const idColumns = findIdColumns(relations, lists);
  const dictionaries = await findDictionaries(database, relations, lists, idColumns, limit);
  await createEnums(database, relations, dictionaries.values());
  const common = {
    database,
    relations,
    baseline: baseline === null ? null : relations[0]!,
    candidate: relations.at(-1)!,
    lists,
    dictionaries,
    idColumns,
    settled: new Set<string>(),
    answers: answerColumns(relations, dictionaries),
  };
  const edits = await editSql(database, relations, lists);
  if (isScannable(relations)) {
    const own = common.answers === null ? [] : scannedAnswers(common.answers, relations);
    await database.run(
      `CREATE TEMP TABLE cases AS SELECT ${[...scannedSql(common), ...own].join(', ')} FROM ${candidate.from}`,
    );
    return { ...common, outcomes: singlePairs(), isSingle: true };
  }
  if (await joinSingle(common, edits)) return { ...common, outcomes: singlePairs(), isSingle: true };
  await refuseDuplicates(database, relations);
  return { ...common, answers: null, outcomes: await groupCases(common, edits), isSingle: false };
}

/** The columns with a list in either run. */
export function listColumns(relations: readonly Relation[]): ListColumns {
  return new Set(
    relations.flatMap(({ columns }) =>
      [...columns].filter(([, { kind }]) => kind === 'list').map(([name]) => name),
    ),
  );
}

type Common = Omit<CaseTable, 'outcomes' | 'isSingle'>;

async function alignKeys(database: Database, relations: readonly Relation[]): Promise<readonly Relation[]> {
  for (const relation of relations) {
    if (caseKey(relation.mapping) !== 'input') continue;
    const [row] = await database.rows(`SELECT bool_or(${isHashed(relation.caseId)}) FROM ${relation.from}`);
    if (row?.[0] === true) return relations.map(withHashedKeys);
  }
  return relations;
}

/** In every run that has the column its cells must be the ids; the runs together then agree on them. */
function findIdColumns(relations: readonly Relation[], lists: ListColumns): ReadonlySet<string> {
  const [name] = relations.map(({ idColumn }) => idColumn);
  const isId = relations.every(({ idColumn }) => idColumn !== null && idColumn === name);
  return new Set(isId && name && !lists.has(name) ? [name] : []);
}

/** For each role that makes edits visible, a number that stands for the text of a row. */
async function editSql(
  database: Database,
  relations: readonly Relation[],
  lists: ListColumns,
): Promise<readonly ((relation: Relation) => string)[]> {
  if (relations.length < 2) return [];
  const roles = EDIT_ROLES.filter((role) =>
    relations.every(({ mapping, columns }) => mapping[role] !== undefined && columns.has(mapping[role])),
  );
  const edits: ((relation: Relation) => string)[] = [];
  for (const role of roles) {
    const text = (relation: Relation): string => roleSql(relation, role, lists)!;
    let anyHashed = false;
    for (const relation of relations) {
      const [row] = await database.rows(`SELECT bool_or(${isHashed(text(relation))}) FROM ${relation.from}`);
      if (row?.[0] === true) anyHashed = true;
    }
    edits.push((relation) => {
      const found = text(relation);
      return `CASE WHEN ${found} IS NOT NULL THEN hash(${anyHashed ? hashed(found) : found}) END`;
    });
  }
  return edits;
}

/** Roles that say who a case is, and must be the same columns where both runs are read from one row. */
const IDENTITY_ROLES: readonly Role[] = [...EDIT_ROLES, 'cluster', 'weight'];

/** Whether every row is a case, and the row of both runs where there are two: then nothing has to be joined. */
export function isScannable(relations: readonly Relation[]): boolean {
  const [first, second = first] = relations;
  return (
    first!.number !== null &&
    first!.from === second!.from &&
    IDENTITY_ROLES.every((role) => first!.mapping[role] === second!.mapping[role])
  );
}

/** The columns of `cases`, straight from the rows. */
export function scannedSql({
  baseline,
  candidate,
  dictionaries,
}: Omit<Common, 'idColumns' | 'answers'>): readonly string[] {
  const codes = [...dictionaries].map(
    ([name, dictionary]) => `${codeSql(candidate, name, dictionary)} AS d${dictionary.index}`,
  );
  const outcome = singlePairSql(baseline === null ? '0' : baseline.code, candidate.code, 'FALSE');
  return [`${candidate.caseId} AS id`, `${outcome} AS o`, ...codes];
}

/** Joins row to row; false, and no table, where a case has several rows in one run. */
async function joinSingle(
  { database, relations, dictionaries, answers }: Common,
  edits: readonly ((relation: Relation) => string)[],
): Promise<boolean> {
  const rows: number[] = [];
  for (const { from } of relations)
    rows.push((await database.rows(`SELECT count(*) FROM ${from}`))[0]![0] as number);
  const sides = relations.map((relation) => {
    const parts = [`${relation.caseId} AS id`, `${relation.code} AS code`];
    parts.push(...edits.map((edit, i) => `${edit(relation)} AS x${i}`));
    for (const [name, dictionary] of dictionaries) {
      parts.push(`${codeSql(relation, name, dictionary)} AS d${dictionary.index}`);
    }
    return `(SELECT ${parts.join(', ')} FROM ${relation.from})`;
  });
  const codes = [...dictionaries.values()];
  const labels = answers === null ? '' : `, ${joinedAnswers(answers).join(', ')}`;
  // More rows than both runs have means repeated ids; the limit ends such a join before it grows.
  const most = rows.reduce((sum, n) => sum + n, 0) + 1;
  if (sides.length === 1) {
    const own = codes.map(({ index }) => `, c.d${index}`).join('');
    await database.run(
      `CREATE TEMP TABLE cases AS SELECT c.id, ${singlePairSql('0', 'c.code', 'FALSE')} AS o${own}${labels} FROM ${sides[0]} AS c`,
    );
  } else {
    const edited = edits.length === 0 ? 'FALSE' : edits.map((_, i) => `b.x${i} <> c.x${i}`).join(' OR ');
    const o = singlePairSql('coalesce(b.code, 0)', 'coalesce(c.code, 0)', edited);
    const own = codes.map((dictionary) => `, ${agreedCode(dictionary)} AS d${dictionary.index}`).join('');
    await database.run(
      `CREATE TEMP TABLE cases AS SELECT * FROM (SELECT coalesce(b.id, c.id) AS id, ${o} AS o${own}${labels} FROM ${sides[0]} AS b FULL OUTER JOIN ${sides[1]} AS c ON b.id = c.id) LIMIT ${most}`,
    );
  }
  if (await isUnique(database, rows)) return true;
  await database.run('DROP TABLE cases');
  return false;
}

function agreedCode(dictionary: Dictionary): string {
  const b = `coalesce(b.d${dictionary.index}, 0)`;
  const c = `coalesce(c.d${dictionary.index}, 0)`;
  const code = `CASE WHEN ${b} = ${c} OR ${c} = 0 THEN ${b} WHEN ${b} = 0 THEN ${c} ELSE ${changedCode(dictionary)} END`;
  return `CAST(${code} AS ${codeType(dictionary)})`;
}

/** A repeated id makes the join give more pairs than rows, unless the other run has no such case. */
async function isUnique(database: Database, rows: readonly number[]): Promise<boolean> {
  const pairs = singlePairs();
  const counts = await database.rows('SELECT o, count(*) FROM cases GROUP BY o');
  const having = (side: 'baseline' | 'candidate'): number =>
    counts.reduce((sum, [o, n]) => sum + (pairs[o as number]![side] === null ? 0 : (n as number)), 0);
  if (rows.length === 2 && having('baseline') !== rows[0]) return false;
  if (having('candidate') !== rows.at(-1)) return false;
  const oneSided = pairs.flatMap(({ baseline, candidate }, o) =>
    baseline === null || candidate === null ? [o] : [],
  );
  const [[repeated] = []] = await database.rows(
    `SELECT count(*) FROM (SELECT id FROM cases WHERE o IN (${oneSided.join(', ')}) GROUP BY id HAVING count(*) > 1)`,
  );
  return repeated === 0;
}

async function refuseDuplicates(database: Database, relations: readonly Relation[]): Promise<void> {
  for (const { side, from, caseId, trial, place } of relations) {
    const rows = `SELECT ${caseId} AS id, ${trial} AS trial, ${place.file} AS file, ${place.line} AS line FROM ${from}`;
    const found = await database.rows(
      `SELECT id, trial, list(file), list(line), count(*) OVER () FROM (${rows}) GROUP BY id, trial HAVING count(*) > 1 ORDER BY id, trial LIMIT 20`,
    );
    if (found.length === 0) continue;
    const duplicates = found.map(([id, label, files, lines]) => ({
      caseId: id as string,
      trial: label as string,
      places: (files as string[]).map((file, i) => ({ file, line: (lines as number[])[i]! })),
    }));
    throw duplicateError(side, duplicates, found[0]![4] as number);
  }
}

/** Groups the rows of each case; slower than the join, and needed where cases have several trials. */
async function groupCases(
  { database, relations, dictionaries }: Common,
  edits: readonly ((relation: Relation) => string)[],
): Promise<readonly OutcomePair[]> {
  const rows = unionSql(relations, (relation) => ({
    id: relation.caseId,
    code: relation.code,
    ...Object.fromEntries(edits.map((edit, i) => [`x${i}`, edit(relation)])),
    ...Object.fromEntries(
      [...dictionaries].map(([name, dictionary]) => [
        `d${dictionary.index}`,
        codeSql(relation, name, dictionary),
      ]),
    ),
  }));
  const texts = (i: number, side: 0 | 1): string =>
    `list_sort(list(DISTINCT x${i}) FILTER (side = ${side} AND x${i} IS NOT NULL))`;
  const differ = edits.map((_, i) => `coalesce(${texts(i, 0)} <> ${texts(i, 1)}, FALSE)`);
  const codes = [...dictionaries.values()].map((dictionary) => {
    const d = `d${dictionary.index}`;
    const agreed = `CASE WHEN max(${d}) = 0 THEN 0 WHEN min(nullif(${d}, 0)) = max(${d}) THEN max(${d}) ELSE ${changedCode(dictionary)} END`;
    return `, CAST(${agreed} AS ${codeType(dictionary)}) AS ${d}`;
  });
  const edited = differ.length === 0 ? 'FALSE' : differ.join(' OR ');
  await database.run(
    `CREATE TEMP TABLE grouped AS SELECT id, ${countsSql()}, (${edited}) AS edited${codes.join('')} FROM (${rows}) GROUP BY id`,
  );
  const names = [...COUNT_NAMES, 'edited'].join(', ');
  await database.run(
    `CREATE TEMP TABLE pairs AS SELECT CAST(row_number() OVER () - 1 AS INTEGER) AS o, * FROM (SELECT DISTINCT ${names} FROM grouped)`,
  );
  const own = [...dictionaries.values()].map(({ index }) => `, g.d${index}`).join('');
  await database.run(
    `CREATE TEMP TABLE cases AS SELECT g.id, p.o${own} FROM grouped AS g JOIN pairs AS p USING (${names})`,
  );
  const found = await database.rows(`SELECT o, ${names} FROM pairs ORDER BY o`);
  await database.run('DROP TABLE grouped');
  await database.run('DROP TABLE pairs');
  return found.map((row) => pairOf(row.slice(1, 9) as number[], row[9] as DatabaseValue as boolean));
}
