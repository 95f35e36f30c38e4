/** Cases that are rows, coded while they are read: nothing is stored in the database. */

import type { TablePlan } from '../../counts/index.ts';
import { groupingColumns } from '../../slices/index.ts';
import type { ComparisonProfile } from '../contract.ts';
import { ID_LIMIT } from '../limits.ts';
import type { WideColumns } from './attributes.ts';
import { type CaseTable, listColumns, scannedSql } from './case-table.ts';
import type { CountCache } from './count.ts';
import type { Database } from './database.ts';
import { createEnums, type Dictionary, findDictionaries, sampleColumns } from './dictionary.ts';
import { singlePairSql, singlePairs } from './outcomes.ts';
import { profileCases } from './profile.ts';
import {
  cellSql,
  columnNames,
  type ListColumns,
  numberSql,
  type Relation,
  roleSql,
  rowIdSql,
} from './relation.ts';
import type { TableSource } from './table.ts';
import { rowNumberSql } from './values.ts';

/** Runs that are `isScannable`, and what was learnt of their columns for earlier tables. */
export interface Scanned {
  readonly relations: readonly Relation[];
  dictionaries: ReadonlyMap<string, Dictionary>;
  /** Columns that were looked at. */
  readonly known: Set<string>;
}

/**
 * The profile of cases that are rows, where every column has few different cells: these are counted anyway, so that no case has
 * to be joined.
 *
 * @returns null where some column has many
 */
export async function profileScanned(
  database: Database,
  scanned: Scanned,
  limit: number,
): Promise<ComparisonProfile | null> {
  const candidate = scanned.relations.at(-1)!;
  const lists = listColumns(scanned.relations);
  const names = columnNames([candidate]);
  if (lists.size > 0 || (await sampleColumns(database, candidate, lists, names, limit)).length < names.length)
    return null;
  const table = await scannedTable(database, scanned, limit, names);
  if (names.some((name) => !table.dictionaries.has(name))) return null;
  const { baseline, relations } = table;
  const code = singlePairSql(baseline === null ? '0' : baseline.code, candidate.code, 'FALSE');
  const counted = await database.rows(`SELECT ${code} AS o, count(*) FROM ${candidate.from} GROUP BY ALL`);
  const totals = counted.map(([o, cases]) => ({ values: [], o: o as number, cases: cases as number }));
  const cases = totals.reduce((sum, total) => sum + total.cases, 0);
  const cache: CountCache = new Map([['', totals]]);
  const doubled = new Map<string, Dictionary>();
  for (const [name, dictionary] of table.dictionaries) {
    const tuples = dictionary.rows.map((rows, at) => ({ values: [at + 1], o: 0, cases: rows }));
    const missing = cases - dictionary.rows.reduce((sum, rows) => sum + rows, 0);
    cache.set(`c.d${dictionary.index}`, [...tuples, { values: [0], o: 0, cases: missing }]);
    // Both runs have every row.
    doubled.set(name, { ...dictionary, rows: dictionary.rows.map((rows) => rows * relations.length) });
  }
  const rows = `SELECT ${candidate.number} AS n, ${code} AS o FROM ${candidate.from}`;
  const firstIds = (condition: string): string =>
    `SELECT ${rowIdSql('n')} FROM (SELECT c.n FROM (${rows}) AS c WHERE ${condition} ORDER BY c.n LIMIT ${ID_LIMIT}) ORDER BY n`;
  return profileCases({ ...table, dictionaries: doubled }, scannedColumns(table, []), cache, firstIds);
}

/** The table of cases as far as it is known without one in the database. */
async function scannedTable(
  database: Database,
  scanned: Scanned,
  limit: number,
  columns: readonly string[],
): Promise<CaseTable> {
  const { relations } = scanned;
  const lists = listColumns(relations);
  return {
    ...{ database, relations, lists },
    baseline: relations.length === 1 ? null : relations[0]!,
    candidate: relations.at(-1)!,
    dictionaries: await learnColumns(database, scanned, lists, limit, columns),
    idColumns: new Set(),
    settled: new Set(),
    answers: null,
    outcomes: singlePairs(),
    isSingle: true,
  };
}

/**
 * Prepares one table.
 *
 * @param limit most different texts of a column that is turned into codes
 */
export async function scanOf(
  database: Database,
  scanned: Scanned,
  limit: number,
  { groupings, measure }: TablePlan,
): Promise<TableSource> {
  const table = await scannedTable(database, scanned, limit, groupings.flatMap(groupingColumns));
  const { baseline, candidate, lists } = table;
  const { cluster, weight } = candidate.mapping;
  const parts = [...scannedSql(table), `${candidate.number} AS n`];
  if (measure.kind === 'number') {
    const value = (relation: Relation | null): string =>
      relation === null ? 'CAST(NULL AS DOUBLE)' : rowNumberSql(relation, measure, lists);
    parts.push(`${value(baseline)} AS b`, `${value(candidate)} AS c`);
  }
  if (cluster !== undefined) parts.push(`${roleSql(candidate, 'cluster', lists)} AS k`);
  if (weight !== undefined) parts.push(`${numberSql(candidate, weight, lists)} AS w`);
  const wide = scannedColumns(table, parts);
  return {
    table,
    wide,
    facts: {
      from: wide.from,
      orderBy: null,
      row: 'c.n',
      id: 'c.id',
      values: measure.kind === 'number' ? ['c.b', 'c.c'] : null,
      weight: weight === undefined ? null : 'c.w',
      cluster: cluster === undefined ? null : 'c.k',
    },
  };
}

/** The dictionaries of all columns that any table asked for. */
async function learnColumns(
  database: Database,
  scanned: Scanned,
  lists: ListColumns,
  limit: number,
  columns: readonly string[],
): Promise<ReadonlyMap<string, Dictionary>> {
  const candidate = scanned.relations.at(-1)!;
  const wanted = new Set(columns.filter((name) => !scanned.known.has(name)));
  if (wanted.size === 0) return scanned.dictionaries;
  const others = new Set(columnNames([candidate]).filter((name) => !wanted.has(name)));
  const before = scanned.dictionaries;
  const found = await findDictionaries(database, [candidate], lists, others, limit, 's', before);
  const added = [...found].filter(([name]) => !before.has(name)).map(([, dictionary]) => dictionary);
  await createEnums(database, [candidate], added);
  scanned.dictionaries = found;
  for (const name of wanted) scanned.known.add(name);
  return found;
}

/** Columns that are not coded, as the rows have them. */
function scannedColumns(
  { candidate, lists, dictionaries }: CaseTable,
  parts: readonly string[],
): WideColumns {
  const known = new Map<string, number>();
  return {
    async prepare(columns) {
      for (const column of columns) {
        if (known.has(column) || dictionaries.has(column) || !candidate.columns.has(column)) continue;
        known.set(column, known.size);
      }
    },
    attribute(column) {
      const index = known.get(column);
      if (index === undefined) return null;
      return { kind: lists.has(column) ? 'list' : 'text', cell: `c.v${index}`, changed: 'FALSE' };
    },
    from(columns) {
      const cells = [...new Set(columns)].flatMap((column) => {
        const index = known.get(column);
        return index === undefined ? [] : [`${cellSql(candidate, column, lists)} AS v${index}`];
      });
      return `(SELECT ${[...parts, ...cells].join(', ')} FROM ${candidate.from}) AS c`;
    },
  };
}
