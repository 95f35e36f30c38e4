/** Describes the runs and their columns. */

import type { Role } from '../../cases/index.ts';
import { parseDecimal } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import type { ColumnProfile, ComparisonProfile, RunProfile } from '../contract.ts';
import { DISTINCT_LIMIT, ID_LIMIT, TOP_DISTINCT_LIMIT, TOP_LIMIT } from '../limits.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { type CountCache, countTuples } from './count.ts';
import { changedCode, type Dictionary } from './dictionary.ts';
import { columnNames, type Relation, ROW_CODES, roleSql } from './relation.ts';
import { outcomeList } from './values.ts';
import { profileWide, type WideProfile } from './wide-profile.ts';

/** The statement that lists the first ids of cases with a condition. */
function firstOfCases(condition: string): string {
  return `SELECT c.id FROM cases AS c WHERE ${condition} ORDER BY c.id LIMIT ${ID_LIMIT}`;
}

/**
 * See `Engine.profile`.
 *
 * @param cache what it holds is not counted, and need not be in the database
 */
export async function profileCases(
  table: CaseTable,
  wide: WideColumns,
  cache: CountCache,
  firstIds: (condition: string) => string = firstOfCases,
): Promise<ComparisonProfile> {
  const [totals = []] = await countTuples(table, wide, cache, [{ expressions: [], columns: [] }]);
  const casesWith = (holds: (o: number) => boolean): number =>
    totals.reduce((sum, { o, cases }) => sum + (holds(o) ? cases : 0), 0);
  const onlyBaseline = (o: number): boolean => table.outcomes[o]!.candidate === null;
  const onlyCandidate = (o: number): boolean => table.outcomes[o]!.baseline === null;
  const edited = (o: number): boolean => table.outcomes[o]!.edited;
  const listIds = async (holds: (o: number) => boolean): Promise<readonly string[]> => {
    if (casesWith(holds) === 0) return [];
    const rows = await table.database.rows(firstIds(`c.o IN ${outcomeList(table, holds)}`));
    return rows.map(([id]) => id as string);
  };
  const mapped = (role: Role): boolean => table.relations.every(({ mapping }) => mapping[role] !== undefined);
  return {
    baseline: table.baseline === null ? null : await profileRun(table, table.baseline, casesWith),
    candidate: await profileRun(table, table.candidate, casesWith),
    paired: casesWith((o) => !onlyBaseline(o) && !onlyCandidate(o)),
    onlyBaseline: casesWith(onlyBaseline),
    onlyCandidate: casesWith(onlyCandidate),
    onlyBaselineIds: await listIds(onlyBaseline),
    onlyCandidateIds: await listIds(onlyCandidate),
    edited: casesWith(edited),
    editedIds: await listIds(edited),
    editsVisible: table.baseline !== null && (mapped('input') || mapped('expected')),
    columns: await profileColumns(
      table,
      wide,
      cache,
      casesWith(() => true),
    ),
  };
}

async function profileRun(
  table: CaseTable,
  relation: Relation,
  casesWith: (holds: (o: number) => boolean) => number,
): Promise<RunProfile> {
  const codes = new Map<number, number>();
  for (const [code, n] of await table.database.rows(
    `SELECT ${relation.code}, count(*) FROM ${relation.from} GROUP BY ALL`,
  )) {
    codes.set(code as number, n as number);
  }
  const rows = (...wanted: readonly number[]): number =>
    wanted.reduce((sum, code) => sum + (codes.get(code) ?? 0), 0);
  const verdicts = rows(ROW_CODES.passed, ROW_CODES.failed);
  let maxTrials = 0;
  table.outcomes.forEach((pair, o) => {
    const side = pair[relation.side];
    if (side === null || casesWith((other) => other === o) === 0) return;
    maxTrials = Math.max(maxTrials, side.passed + side.failed + side.errors + side.unscored);
  });
  return {
    rows: rows(...Object.values(ROW_CODES)),
    cases: casesWith((o) => table.outcomes[o]![relation.side] !== null),
    scored: verdicts + rows(ROW_CODES.graded),
    errors: rows(ROW_CODES.error),
    unscored: rows(ROW_CODES.unscored),
    maxTrials,
    hasPassed: verdicts > 0,
    fingerprints: {
      judge: await distinctTexts(table, relation, 'judgeFingerprint'),
      dataset: await distinctTexts(table, relation, 'datasetFingerprint'),
      prompt: await distinctTexts(table, relation, 'promptFingerprint'),
      code: await distinctTexts(table, relation, 'codeFingerprint'),
    },
  };
}

async function distinctTexts(table: CaseTable, relation: Relation, role: Role): Promise<readonly string[]> {
  const text = roleSql(relation, role, table.lists);
  if (text === null) return [];
  const rows = await table.database.rows(
    `SELECT DISTINCT ${text} FROM ${relation.from} AND ${text} IS NOT NULL`,
  );
  return rows.map(([found]) => found as string).sort(compareText);
}

async function profileColumns(
  table: CaseTable,
  wide: WideColumns,
  cache: CountCache,
  cases: number,
): Promise<readonly ColumnProfile[]> {
  const names = [...columnNames(table.relations)].sort(compareText);
  const coded = names.flatMap((name) => {
    const dictionary = table.dictionaries.get(name);
    return dictionary === undefined ? [] : [{ name, dictionary }];
  });
  const slicings = coded.map(({ dictionary }) => ({ expressions: [`c.d${dictionary.index}`], columns: [] }));
  const tuples = await countTuples(table, wide, cache, slicings);
  const found = new Map<string, WideProfile>();
  coded.forEach(({ name, dictionary }, i) => {
    const counts = new Map<number, number>();
    for (const { values, cases: n } of tuples[i]!) {
      const code = values[0] as number;
      counts.set(code, (counts.get(code) ?? 0) + n);
    }
    found.set(name, profileCoded(dictionary, counts));
  });
  const others = names.filter((name) => !found.has(name));
  for (const [name, profile] of await profileWide(table, others, cases)) found.set(name, profile);
  return names.map((name) => ({
    name,
    inBaseline: table.baseline?.columns.has(name) ?? false,
    inCandidate: table.candidate.columns.has(name),
    isList: table.lists.has(name),
    ...found.get(name)!,
  }));
}

function profileCoded(dictionary: Dictionary, counts: ReadonlyMap<number, number>): WideProfile {
  const found = new Map<string, number>();
  dictionary.values.forEach((cell, at) => {
    const cases = counts.get(at + 1) ?? 0;
    if (cases === 0) return;
    for (const value of typeof cell === 'string' ? [cell] : cell)
      found.set(value, (found.get(value) ?? 0) + cases);
  });
  const values = [...found].map(([value, cases]) => ({ value, cases }));
  const numeric = dictionary.rows.filter((_, at) => {
    const cell = dictionary.values[at]!;
    return typeof cell === 'string' && parseDecimal(cell) !== null;
  });
  return {
    distinct: Math.min(values.length, DISTINCT_LIMIT),
    missingCases: counts.get(0) ?? 0,
    changedCases: counts.get(changedCode(dictionary)) ?? 0,
    numericRows: numeric.reduce((sum, n) => sum + n, 0),
    filledRows: dictionary.rows.reduce((sum, n) => sum + n, 0),
    top:
      values.length > TOP_DISTINCT_LIMIT
        ? []
        : values.sort((a, b) => b.cases - a.cases || compareText(a.value, b.value)).slice(0, TOP_LIMIT),
  };
}
