/** Case attributes in SQL, and in TypeScript for columns that are coded. */

import type { CaseAttribute } from '../../slices/index.ts';
import type { AttributeReader, AttributeSql } from '../sql/predicate.ts';
import type { CaseTable } from './case-table.ts';
import { cellOfCode, changedCode, type Dictionary } from './dictionary.ts';
import { cellSql, columnNames, unionSql } from './relation.ts';

/** Columns that are not coded, and the FROM item that has them beside the codes of the cases. */
export interface WideColumns {
  /** Does the work that some columns need before they can be read. */
  prepare(columns: Iterable<string>): Promise<void>;
  /** A column's attribute over `from`; null where no run has it or it was not prepared. */
  attribute(column: string): AttributeSql | null;
  /** A FROM item with `c.id`, `c.o`, the codes `c.d0`, `c.d1`, ... and some wide columns. */
  from(columns: Iterable<string>): string;
}

/** Wide columns that were worked out into tables. */
export interface StoredColumns extends WideColumns {
  /** The table of a column that was prepared. */
  tableOf(column: string): string;
}

/** Works attributes out once, into tables `wide_0`, `wide_1`, ... */
export function createWideColumns(table: CaseTable): StoredColumns {
  const known = new Map<string, number>();
  const all = new Set(columnNames(table.relations));
  return {
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
    attribute(column) {
      if (table.idColumns.has(column)) return { kind: 'text', cell: 'c.id', changed: 'FALSE' };
      const index = known.get(column);
      if (index === undefined) return null;
      return {
        kind: table.lists.has(column) ? 'list' : 'text',
        cell: `w${index}.v`,
        changed: `coalesce(w${index}.changed, FALSE)`,
      };
    },
    tableOf: (column) => `wide_${known.get(column)!}`,
    from(columns) {
      const indexes = new Set([...columns].map((column) => known.get(column)));
      const joins = [...indexes].filter((index) => index !== undefined);
      return ['cases AS c', ...joins.map((i) => `LEFT JOIN wide_${i} AS w${i} ON w${i}.id = c.id`)].join(' ');
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

/** Attributes as SQL over the FROM item of `wide`. */
export function attributeReader(
  dictionaries: ReadonlyMap<string, Dictionary>,
  wide: WideColumns,
): AttributeReader {
  return (column): AttributeSql => {
    const dictionary = dictionaries.get(column);
    if (dictionary === undefined) {
      return wide.attribute(column) ?? { kind: 'text', cell: 'CAST(NULL AS VARCHAR)', changed: 'FALSE' };
    }
    const code = `c.d${dictionary.index}`;
    return {
      kind: dictionary.codes === null ? 'text' : 'list',
      cell: cellOfCode(code, dictionary),
      changed: `(${code} = ${changedCode(dictionary)})`,
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
