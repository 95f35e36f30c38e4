/** What became of a row of a Parquet file, in SQL, by the same rules as `cases/row-outcome.ts`. */

import {
  type ColumnMapping,
  caseKey,
  isErrorText,
  labelColumns,
  NUMBER_PATTERN,
  type PassWords,
  passReader,
} from '../../cases/index.ts';
import { textLiteral } from '../sql/literal.ts';
import { canonicalList } from '../sql/values.ts';
import type { Database } from './database.ts';
import { type RelationColumn, ROW_CODES, rawListSql } from './relation.ts';

/** Roles whose numbers must be finite. */
const NUMBER_ROLES = ['score', 'latency', 'cost', 'weight'] as const;

/** What JavaScript's `trim` takes away. */
const BLANKS =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/** Texts that say that there was no error are not longer than this. */
const SHORT_TEXT = 16;

type Columns = ReadonlyMap<string, RelationColumn>;

/** A text without blanks around it. */
function trimmed(text: string): string {
  return `trim(${text}, ${textLiteral(BLANKS)})`;
}

/** The row code, and the condition under which a row has something that cannot be read. */
export async function outcomeSql(
  database: Database,
  columns: Columns,
  { mapping, passWords }: { readonly mapping: ColumnMapping; readonly passWords: PassWords | undefined },
  from: string,
): Promise<{ readonly code: string; readonly bad: string }> {
  const bad = [badId(columns, mapping), badTrial(columns, mapping), ...badNumbers(columns, mapping)];
  const cases = [];
  for (const column of errorColumns(columns, mapping.error)) {
    cases.push(`WHEN ${await isError(database, column, from)} THEN ${ROW_CODES.error}`);
  }
  const errors = cases.length === 0 ? 'FALSE' : `CASE ${cases.join(' ')} ELSE 0 END = ${ROW_CODES.error}`;
  if (mapping.passed !== undefined) {
    const column = columns.get(mapping.passed);
    const passed = column === undefined ? null : await passSql(database, column, passWords, from);
    if (passed !== null) {
      cases.push(
        `WHEN ${passed.passed} THEN ${ROW_CODES.passed}`,
        `WHEN ${passed.failed} THEN ${ROW_CODES.failed}`,
      );
      bad.push(`(NOT (${errors}) AND ${passed.bad})`);
    }
  } else if (mapping.score !== undefined) {
    const column = columns.get(mapping.score);
    if (column?.kind === 'text') {
      const isScore = column.number === undefined ? isDecimal(column.sql) : `${column.number} IS NOT NULL`;
      cases.push(`WHEN ${isScore} THEN ${ROW_CODES.graded}`);
      if (column.number === undefined) {
        bad.push(`(NOT (${errors}) AND NOT (${isScore}) AND ${trimmed(column.sql)} <> '')`);
      }
    } else if (column !== undefined) bad.push(`(NOT (${errors}) AND ${column.sql} IS NOT NULL)`);
  }
  cases.push(...labelSql(columns, mapping));
  const code = `CASE ${cases.join(' ')} ELSE ${ROW_CODES.unscored} END`;
  return {
    code: `CAST(${cases.length === 0 ? ROW_CODES.unscored : code} AS UTINYINT)`,
    bad: bad.map((condition) => `coalesce(${condition}, FALSE)`).join(' OR '),
  };
}

/** See `matchesLabel`. */
function labelSql(columns: Columns, mapping: ColumnMapping): readonly string[] {
  const labels = labelColumns(mapping);
  const expected = labels === null ? undefined : columns.get(labels.expected);
  if (labels === null || expected === undefined) return [];
  const predicted = columns.get(labels.predicted);
  const texts = [expected, ...(predicted === undefined ? [] : [predicted])].every(
    ({ kind }) => kind === 'text',
  );
  const cell = (column: RelationColumn): string => (texts ? column.sql : canonicalList(rawListSql(column)));
  const isRight =
    predicted === undefined ? 'FALSE' : `coalesce(${cell(expected)} = ${cell(predicted)}, FALSE)`;
  const text = expected.kind === 'text' ? expected.sql : expected.orText;
  const isEmpty = text === undefined ? 'FALSE' : `coalesce(${text} = '', FALSE)`;
  return [
    `WHEN ${cell(expected)} IS NULL OR ${isEmpty} THEN ${ROW_CODES.unscored}`,
    `WHEN ${isRight} THEN ${ROW_CODES.passed}`,
    `WHEN TRUE THEN ${ROW_CODES.failed}`,
  ];
}

function badId(columns: Columns, mapping: ColumnMapping): string {
  if (caseKey(mapping) === 'row') return 'FALSE';
  const column = columns.get(mapping.caseId ?? mapping.input ?? '');
  if (column?.kind !== 'text') return 'TRUE';
  if (column.number !== undefined) return `${column.sql} IS NULL`;
  // Only texts that begin with a blank can be blank. CASE looks at the others no further, which AND would.
  const mayBeBlank = `${column.sql} < '!' OR ${column.sql} >= ${textLiteral('\u0080')}`;
  return `(${column.sql} IS NULL OR CASE WHEN ${mayBeBlank} THEN ${trimmed(column.sql)} = '' ELSE FALSE END)`;
}

function badTrial(columns: Columns, mapping: ColumnMapping): string {
  const column = mapping.trial === undefined ? undefined : columns.get(mapping.trial);
  return column?.kind === 'list' ? `${column.sql} IS NOT NULL` : 'FALSE';
}

function badNumbers(columns: Columns, mapping: ColumnMapping): readonly string[] {
  return NUMBER_ROLES.flatMap((role) => {
    const name = mapping[role];
    const column = name === undefined ? undefined : columns.get(name);
    if (column?.kind !== 'text') return [];
    if (column.number !== undefined) return [`(${column.sql} IS NOT NULL AND ${column.number} IS NULL)`];
    const text = trimmed(column.sql);
    const isInfinite = `regexp_full_match(${text}, '[+-]?(nan|inf|infinity)', 'i')`;
    const isTooLarge = `(regexp_full_match(${text}, ${textLiteral(NUMBER_PATTERN)}) AND NOT ${holdsFinite(text)})`;
    return [`(${isInfinite} OR ${isTooLarge})`];
  });
}

/** Whether a text is a number (`parseDecimal`). */
function isDecimal(text: string): string {
  return `(regexp_full_match(${text}, ${textLiteral(NUMBER_PATTERN)}) AND ${holdsFinite(text)})`;
}

function holdsFinite(text: string): string {
  return `coalesce(isfinite(TRY_CAST(${text} AS DOUBLE)), FALSE)`;
}

function errorColumns(columns: Columns, name: string | undefined): readonly RelationColumn[] {
  if (name === undefined) return [];
  return [...columns]
    .filter(([found]) => found === name || found.startsWith(`${name}.`))
    .map(([, column]) => column);
}

async function isError(database: Database, column: RelationColumn, from: string): Promise<string> {
  if (column.boolean !== undefined) return column.boolean;
  const textIsError = async (text: string): Promise<string> => {
    const short = `length(${trimmed(text)}) <= ${SHORT_TEXT}`;
    const found = await database.rows(`SELECT DISTINCT ${text} FROM ${from} AND ${short}`);
    const noError = found.map(([value]) => value as string).filter((value) => !isErrorText(value));
    return isNoneOf(text, noError);
  };
  if (column.kind === 'text') return textIsError(column.sql);
  const list = `len(${column.sql}) > 0`;
  return column.orText === undefined ? list : `(${list} OR ${await textIsError(column.orText)})`;
}

/** The texts of the column are read by TypeScript, so that both engines take the same ones. */
async function passSql(
  database: Database,
  column: RelationColumn,
  passWords: PassWords | undefined,
  from: string,
): Promise<{ readonly passed: string; readonly failed: string; readonly bad: string }> {
  const readWord = passReader(passWords);
  if (column.boolean !== undefined && readWord('true') === 1 && readWord('false') === 0) {
    return { passed: column.boolean, failed: `NOT ${column.boolean}`, bad: 'FALSE' };
  }
  const text = column.kind === 'text' ? column.sql : (column.orText ?? 'CAST(NULL AS VARCHAR)');
  const found = await database.rows(`SELECT DISTINCT ${text} FROM ${from} AND ${text} IS NOT NULL`);
  const values = found.map(([value]) => value as string);
  const passed = values.filter((value) => readWord(value) === 1);
  const failed = values.filter((value) => readWord(value) === 0);
  const blank = values.filter((value) => value.trim() === '');
  const isList = column.kind === 'list' ? `${column.sql} IS NOT NULL OR ` : '';
  return {
    passed: isOneOf(text, passed),
    failed: isOneOf(text, failed),
    bad: `(${isList}${isNoneOf(text, [...passed, ...failed, ...blank])})`,
  };
}

function isOneOf(text: string, texts: readonly string[]): string {
  return texts.length === 0 ? 'FALSE' : `${text} IN (${texts.map(textLiteral).join(', ')})`;
}

function isNoneOf(text: string, texts: readonly string[]): string {
  return texts.length === 0 ? `${text} IS NOT NULL` : `${text} NOT IN (${texts.map(textLiteral).join(', ')})`;
}
