/** Case attributes in SQL, and in TypeScript for columns that are coded. */

import type { CaseAttribute } from '../../slices/index.ts';
import type { AttributeReader, AttributeSql } from '../sql/predicate.ts';
import type { CaseTable } from './case-table.ts';
import { cellOfCode, changedCode, type Dictionary } from './dictionary.ts';
import { cellSql, columnNames, unionSql } from './relation.ts';

/** Attributes of columns that are not coded are worked out once, into tables `wide_0`, `wide_1`, ... */
export interface WideColumns {
  /** Makes the tables that some columns need. */
  prepare(columns: Iterable<string>): Promise<void>;
  /** The number of a column's table, once prepared. */
  indexOf(column: string): number | null;
}

/** No tables yet. */
export function createWideColumns(table: CaseTable): WideColumns {
  const known = new Map<string, number>();
  const all = new Set(columnNames(table.relations));
  return {
    indexOf: (column) => known.get(column) ?? null,
    async prepare(columns) {
      for (const column of columns) {
        if (known.has(column) || isCoded(table, column) || !all.has(column)) continue;
        if (table.idColumns.has(column)) continue;
        const rows = unionSql(table.relations, (relation) => ({
          id: relation.caseId,
          v: cellSql(relation, column, table.lists),
        }));
        await table.database.run(
          `CREATE TEMP TABLE wide_${known.size} AS SELECT id, CASE WHEN low = high THEN low END AS v, low <> high AS changed FROM (SELECT id, min(v) AS low, max(v) AS high FROM (${rows}) WHERE v IS NOT NULL GROUP BY id)`,
        );
        known.set(column, known.size);
      }
    },
  };
}

/** Whether a column's attribute is a code of `cases`. */
function isCoded(table: CaseTable, column: string): boolean {
  return table.dictionaries.has(column);
}

/** Whether a column's attribute is known without SQL: it is coded, or no run has it. */
export function isTuple(table: CaseTable, column: string): boolean {
  return isCoded(table, column) || !table.relations.some(({ columns }) => columns.has(column));
}

/** The FROM item `cases AS c` with the tables of some columns. */
export function fromCases(wide: WideColumns, columns: Iterable<string>): string {
  const joins = [...new Set([...columns].map((column) => wide.indexOf(column)))].filter(
    (index) => index !== null,
  );
  return ['cases AS c', ...joins.map((i) => `LEFT JOIN wide_${i} AS w${i} ON w${i}.id = c.id`)].join(' ');
}

/** Attributes as SQL over `fromCases`. */
export function attributeReader(table: CaseTable, wide: WideColumns): AttributeReader {
  return (column): AttributeSql => {
    const dictionary = table.dictionaries.get(column);
    if (dictionary !== undefined) {
      const code = `c.d${dictionary.index}`;
      return {
        kind: dictionary.codes === null ? 'text' : 'list',
        cell: cellOfCode(code, dictionary),
        changed: `(${code} = ${changedCode(dictionary)})`,
      };
    }
    if (table.idColumns.has(column)) return { kind: 'text', cell: 'c.id', changed: 'FALSE' };
    const index = wide.indexOf(column);
    if (index === null) return { kind: 'text', cell: 'CAST(NULL AS VARCHAR)', changed: 'FALSE' };
    return {
      kind: table.lists.has(column) ? 'list' : 'text',
      cell: `w${index}.v`,
      changed: `coalesce(w${index}.changed, FALSE)`,
    };
  };
}

const MISSING: CaseAttribute = { state: 'missing' };
const CHANGED: CaseAttribute = { state: 'changed' };

/** The attribute that a code stands for. */
export function attributeOfCode(dictionary: Dictionary, code: number): CaseAttribute {
  if (code === 0) return MISSING;
  if (code === changedCode(dictionary)) return CHANGED;
  return { state: 'value', cell: dictionary.values[code - 1]! };
}
