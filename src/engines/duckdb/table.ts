/** Cases as codes, fetched as whole columns of numbers. */

import type { CodedTable, TablePlan } from '../../counts/index.ts';
import { codedTable } from '../case-facts.ts';
import type { Codes, GroupingCodes } from '../grouping-codes.ts';
import { groupingCodes } from '../grouping-codes.ts';
import { refuseRepeatedIds } from '../plan.ts';
import { attributeOfCode, type WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { NumberColumn } from './database.ts';
import { changedCode } from './dictionary.ts';
import { createKeyTable, type KeyTable } from './key-table.ts';
import { type Slicing, slicingOf } from './slicing.ts';
import { factsOf } from './table-columns.ts';
import type { FactsSql } from './table-facts.ts';

/** Where in the statement a grouping's numbers are: codes of columns, or the number of a combination. */
interface Placed {
  readonly slicing: Slicing;
  readonly at: readonly number[];
  readonly keys: KeyTable | null;
}

/** Cases, however they are stored, and what a table takes from them. */
export interface TableSource {
  readonly table: CaseTable;
  readonly wide: WideColumns;
  readonly facts: FactsSql;
}

let statements = 0;

/** See `Engine.table`. */
export async function tableOf({ table, wide, facts }: TableSource, plan: TablePlan): Promise<CodedTable> {
  refuseRepeatedIds(plan.groupings);
  const statement = statements++;
  const keyTables: KeyTable[] = [];
  const select: string[] = [];
  const add = (expression: string): number => select.push(expression) - 1;
  const addKeys = async (expressions: readonly string[], columns: readonly string[]): Promise<KeyTable> => {
    const name = `keys_${statement}_${keyTables.length}`;
    const keys = await createKeyTable(table.database, name, expressions, facts.from(columns));
    keyTables.push(keys);
    return keys;
  };
  try {
    const slicings: Slicing[] = [];
    for (const grouping of plan.groupings) slicings.push(await slicingOf(table, wide, grouping));
    const columns = slicings.flatMap((slicing) => slicing.columns);
    const clusters = facts.cluster === null ? null : await addKeys([facts.cluster], []);
    const own = factsOf(table, facts, clusters, plan, add);
    const placed: Placed[] = [];
    for (const slicing of slicings) {
      const keys = slicing.coded === null ? await addKeys(slicing.expressions, slicing.columns) : null;
      placed.push({ slicing, keys, at: (keys === null ? slicing.expressions : [keys.code]).map(add) });
    }
    const [[cases] = []] = await table.database.rows(`SELECT count(*) FROM ${facts.from([])}`);
    const joins = keyTables.map(({ join }) => join).join(' ');
    const fetched = await table.database.numbers(
      `SELECT ${select.join(', ')} FROM ${facts.from(columns)} ${joins} ${facts.orderBy ?? ''}`,
      cases as number,
      facts.orderBy === null ? 'scanned' : 'stated',
    );
    const found = own.inOrder(fetched);
    const groupings = placed.map((grouping) => codesOf(table, grouping, found, cases as number));
    return await codedTable(own.read(found), groupings, plan);
  } finally {
    for (const keys of keyTables) await keys.drop();
  }
}

function codesOf(
  table: CaseTable,
  { slicing, at, keys }: Placed,
  found: readonly NumberColumn[],
  cases: number,
): GroupingCodes {
  const codes = at.map((i) => found[i] as Codes);
  const { coded, grouping, isDistinct, keysOf } = slicing;
  if (keys !== null) {
    return {
      grouping: grouping.id,
      codes: codes[0]!,
      size: keys.size,
      isDistinct,
      slicesOf: async (wanted) => (await keys.valuesOf(wanted)).map(keysOf),
    };
  }
  const parts = coded!.map((column, i) => {
    const dictionary = table.dictionaries.get(column)!;
    const attributes = Array.from({ length: changedCode(dictionary) + 1 }, (_, code) =>
      attributeOfCode(dictionary, code),
    );
    return { codes: codes[i]!, attributes };
  });
  return groupingCodes(grouping, coded!, parts, cases);
}
