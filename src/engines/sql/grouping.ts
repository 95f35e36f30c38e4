/** Prints groupings as SQL: in which state a case is, and the values of its slices (`slices/evaluate-grouping.ts`). */

import {
  binLabels,
  columnsOf,
  type Grouping,
  type SliceState,
  TIMESTAMP_PATTERN,
} from '../../slices/index.ts';
import { numberLiteral, textLiteral } from './literal.ts';
import { type AttributeReader, type AttributeSql, predicateSql } from './predicate.ts';
import { charactersOf, numberOf, wordsOf } from './values.ts';

/** The slice states as SQL numbers. */
export const STATE_CODES: Readonly<Record<SliceState, number>> = {
  value: 0,
  missing: 1,
  untagged: 2,
  changed: 3,
};

/** A grouping of one case. Values count only where `state` is 0. */
export interface GroupingSql {
  /** A number of `STATE_CODES`, never NULL. */
  readonly state: string;
  readonly kind: 'one' | 'list';
  /** One text, or a list of distinct texts. */
  readonly values: string;
}

const { value: IN, missing: MISSING, untagged: UNTAGGED, changed: CHANGED } = STATE_CODES;

/** The SQL of a grouping. */
export function groupingSql(grouping: Grouping, attribute: AttributeReader): GroupingSql {
  switch (grouping.kind) {
    case 'all':
      return { state: `${IN}`, kind: 'one', values: textLiteral('(all)') };
    case 'column':
      return columnSql(attribute(grouping.column));
    case 'cross':
      return crossSql(grouping.parts.map((part) => groupingSql(part, attribute)));
    case 'predicate': {
      const holds = predicateSql(grouping.where, attribute);
      const changed = [...new Set(columnsOf(grouping.where))].map((column) => attribute(column).changed);
      const open = changed.length === 0 ? 'FALSE' : `(${changed.join(' OR ')})`;
      const state = `CASE WHEN ${holds} THEN ${IN} WHEN (${holds}) IS NULL AND ${open} THEN ${CHANGED} ELSE ${UNTAGGED} END`;
      return { state, kind: 'one', values: textLiteral(grouping.name) };
    }
    case 'bins': {
      const found = attribute(grouping.column);
      const measure = { number: numberOf, characters: charactersOf, words: wordsOf }[grouping.of];
      return bucketSql(found, binSql(measure(found.cell), grouping.edges));
    }
    case 'time': {
      const found = attribute(grouping.column);
      return bucketSql(found, timeSql(found.cell, grouping.by));
    }
    case 'map':
      return mapSql(groupingSql(grouping.of, attribute), grouping.values, grouping.other);
  }
}

function columnSql({ kind, cell, changed }: AttributeSql): GroupingSql {
  const absent = `WHEN ${changed} THEN ${CHANGED} WHEN ${cell} IS NULL THEN ${MISSING}`;
  if (kind === 'text') return { state: `CASE ${absent} ELSE ${IN} END`, kind: 'one', values: cell };
  return {
    state: `CASE ${absent} WHEN len(${cell}) = 0 THEN ${UNTAGGED} ELSE ${IN} END`,
    kind: 'list',
    values: cell,
  };
}

function bucketSql({ kind, changed }: AttributeSql, label: string): GroupingSql {
  const text = kind === 'list' ? 'CAST(NULL AS VARCHAR)' : label;
  const state = `CASE WHEN ${changed} THEN ${CHANGED} WHEN (${text}) IS NULL THEN ${MISSING} ELSE ${IN} END`;
  return { state, kind: 'one', values: text };
}

function binSql(value: string, edges: readonly number[]): string {
  const labels = binLabels(edges);
  const below = edges.map(
    (edge, at) => `WHEN (${value}) < ${numberLiteral(edge)} THEN ${textLiteral(labels[at]!)}`,
  );
  const last = textLiteral(labels.at(-1)!);
  return `CASE WHEN (${value}) IS NULL THEN NULL ${below.join(' ')} ELSE ${last} END`;
}

function crossSql(parts: readonly GroupingSql[]): GroupingSql {
  const states = [CHANGED, MISSING, UNTAGGED].map(
    (code) => `WHEN ${parts.map(({ state }) => `(${state}) = ${code}`).join(' OR ')} THEN ${code}`,
  );
  const state = parts.length === 0 ? `${IN}` : `CASE ${states.join(' ')} ELSE ${IN} END`;
  if (parts.length === 0) return { state, kind: 'one', values: textLiteral('') };
  if (parts.every(({ kind }) => kind === 'one')) {
    return {
      state,
      kind: 'one',
      values: parts.map(({ values }) => crossPart(`(${values})`)).join(" || ' x ' || "),
    };
  }
  const lists = parts.map(({ kind, values }) => (kind === 'list' ? values : `[${values}]`));
  const values = lists.reduce((rows, list, at) => {
    const written = `list_transform(${list}, lambda p${at}: ${crossPart(`p${at}`)})`;
    if (at === 0) return written;
    const joined = `list_transform(${written}, lambda q${at}: r${at} || ' x ' || q${at})`;
    return `flatten(list_transform(${rows}, lambda r${at}: ${joined}))`;
  }, '');
  return { state, kind: 'list', values };
}

/** See `crossValue`. */
function crossPart(text: string): string {
  const ambiguous = `contains(${text} || ' ', ' x ') OR starts_with(${text}, '"')`;
  return `CASE WHEN ${ambiguous} THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`;
}

function mapSql(of: GroupingSql, values: ReadonlyMap<string, string>, other: string | null): GroupingSql {
  const rename = (text: string): string => {
    const rest = other === null ? text : textLiteral(other);
    if (values.size === 0) return rest;
    const cases = [...values].map(([from, to]) => `WHEN ${textLiteral(from)} THEN ${textLiteral(to)}`);
    return `CASE ${text} ${cases.join(' ')} ELSE ${rest} END`;
  };
  if (of.kind === 'one') return { ...of, values: rename(`(${of.values})`) };
  return { ...of, values: `list_distinct(list_transform(${of.values}, lambda m: ${rename('m')}))` };
}

/** See `timeBucket`. */
function timeSql(text: string, by: 'hour' | 'weekday' | 'month'): string {
  const date = `TRY_CAST(left(${text}, 10) AS DATE)`;
  const days = WEEKDAYS.map((day, at) => `WHEN ${at + 1} THEN '${day}'`).join(' ');
  const bucket = {
    hour: `CASE WHEN length(${text}) > 10 THEN substring(${text}, 12, 2) END`,
    weekday: `CASE isodow(${date}) ${days} END`,
    month: `left(${text}, 7)`,
  }[by];
  const valid = `regexp_full_match(${text}, ${textLiteral(TIMESTAMP_PATTERN)}) AND ${date} IS NOT NULL`;
  return `CASE WHEN ${valid} THEN ${bucket} END`;
}

const WEEKDAYS = ['1 Mon', '2 Tue', '3 Wed', '4 Thu', '5 Fri', '6 Sat', '7 Sun'] as const;
