/** Which cases fulfil the conditions of a list, as one mark per case. */

import { type CasePlan, foldCase, SEARCHED_ROLES, type SliceFilter } from '../../counts/index.ts';
import { STATE_CODES } from '../sql/grouping.ts';
import { listLiteral, textLiteral } from '../sql/literal.ts';
import type { WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import { byNumber } from './numbered-cases.ts';
import { type Relation, roleTextSql } from './relation.ts';
import { type Slicing, slicingOf } from './slicing.ts';

/** 1 for each case under the conditions on slices, words and ids, in the order of ids; null where there are none. */
export async function keptBy(
  table: CaseTable,
  wide: WideColumns,
  { within, words, ids }: CasePlan,
): Promise<Uint8Array | null> {
  const conditions: string[] = [];
  const columns: string[] = [];
  for (const filter of within) {
    const slicing = await slicingOf(table, wide, filter.grouping);
    columns.push(...slicing.columns);
    conditions.push(await sliceSql(table, slicing, filter));
  }
  if (ids !== null) conditions.push(`c.id IN (SELECT unnest(${listLiteral(ids)}))`);
  if (words.length > 0) conditions.push(`c.id IN (${wordsSql(table, words)})`);
  if (conditions.length === 0) return null;
  const all = conditions.map((condition) => `coalesce(${condition}, FALSE)`).join(' AND ');
  const kept = await byNumber(table.database, `CAST(${all} AS UTINYINT)`, wide.from(columns));
  return kept as Uint8Array;
}

/** Whether a case is in a slice, over `WideColumns.from`. */
export async function sliceSql(
  table: CaseTable,
  { expressions, coded, keysOf, isDistinct }: Slicing,
  { state, value }: SliceFilter,
): Promise<string> {
  if (coded !== null) return codedSql(table, { expressions, coded, keysOf }, { state, value });
  const [stateSql, valueSql] = expressions;
  const isState = `(${stateSql}) = ${STATE_CODES[state]}`;
  if (state !== 'value') return isState;
  const isValue = isDistinct
    ? `(${valueSql}) = ${textLiteral(value)}`
    : `list_contains(${valueSql}, ${textLiteral(value)})`;
  return `(${isState} AND ${isValue})`;
}

/** The combinations of codes that occur and are in the slice, as numbers of which SQL knows whether a case has one. */
async function codedSql(
  { database, dictionaries }: CaseTable,
  {
    expressions,
    coded,
    keysOf,
  }: Pick<Slicing, 'expressions' | 'keysOf'> & { readonly coded: readonly string[] },
  { state, value }: Omit<SliceFilter, 'grouping'>,
): Promise<string> {
  const isIn = (codes: readonly number[]): boolean =>
    keysOf(codes).some((key) => key.state === state && (state !== 'value' || key.value === value));
  if (expressions.length === 0) return isIn([]) ? 'TRUE' : 'FALSE';
  const sizes = coded.map((column) => dictionaries.get(column)!.values.length + 2);
  const numberOf = (codes: readonly number[]): number =>
    codes.reduce((number, code, i) => number * sizes[i]! + code, 0);
  const number = expressions
    .slice(1)
    .reduce(
      (sql, expression, i) => `(${sql} * ${sizes[i + 1]} + ${expression})`,
      `CAST(${expressions[0]} AS INTEGER)`,
    );
  const found = (await database.rows(
    `SELECT DISTINCT ${expressions.join(', ')} FROM cases AS c`,
  )) as readonly (readonly number[])[];
  const wanted = found.filter(isIn).map(numberOf);
  return wanted.length === 0 ? 'FALSE' : `${number} IN (${wanted.join(', ')})`;
}

/** The ids of the cases in which every word occurs. */
function wordsSql({ relations, lists }: CaseTable, words: readonly string[]): string {
  const folded = words.map((word) => textLiteral(foldCase(word.toWellFormed())));
  const scans = new Map<string, { readonly relation: Relation; readonly fields: Set<string> }>();
  for (const relation of relations) {
    const scan = scans.get(relation.from) ?? { relation, fields: new Set([relation.caseId]) };
    scans.set(relation.from, scan);
    for (const field of searchedSql(relation, lists)) scan.fields.add(field);
  }
  const rows = [...scans.values()].map(({ relation, fields }) => {
    const lower = [...fields].map((field, i) => `lower(${field}) AS f${i}`);
    const hits = folded.map((word, w) => {
      const inFields = lower.map((_, i) => `coalesce(contains(f${i}, ${word}), FALSE)`);
      return `(${inFields.join(' OR ')}) AS h${w}`;
    });
    const texts = `SELECT ${[`${relation.caseId} AS id`, ...lower].join(', ')} FROM ${relation.from}`;
    return `SELECT ${['id', ...hits].join(', ')} FROM (${texts})`;
  });
  const any = folded.map((_, w) => `h${w}`).join(' OR ');
  // The rows of a case need not be brought together where one hit is enough.
  if (folded.length === 1) return `SELECT id FROM (${rows.join(' UNION ALL ')}) WHERE h0`;
  const every = folded.map((_, w) => `bool_or(h${w})`).join(' AND ');
  return `SELECT id FROM (${rows.join(' UNION ALL ')}) WHERE ${any} GROUP BY id HAVING ${every}`;
}

/** The texts of a row that are searched. */
function searchedSql(relation: Relation, lists: CaseTable['lists']): readonly string[] {
  return SEARCHED_ROLES.flatMap((role) => {
    const name = relation.mapping[role];
    if (name === undefined || !relation.columns.has(name)) return [];
    return [roleTextSql(relation, name, lists)];
  });
}
