/** How cases are put into slices: by codes where a grouping looks at coded columns only, else in SQL. */

import {
  evaluateGrouping,
  type Grouping,
  groupingColumns,
  type SliceKey,
  type SliceState,
} from '../../slices/index.ts';
import { groupingSql, STATE_CODES } from '../sql/grouping.ts';
import { attributeOfCode, attributeReader, isTuple, type WideColumns } from './attributes.ts';
import type { CaseTable } from './case-table.ts';
import type { DatabaseValue } from './database.ts';

/**
 * One grouping, ready to run. Cases with equal values of the expressions are in the same slices, so that SQL groups by the
 * expressions and TypeScript turns each combination into slices, once.
 */
export interface Slicing {
  readonly grouping: Grouping;
  /** Over `WideColumns.from` with these columns. */
  readonly expressions: readonly string[];
  readonly columns: readonly string[];
  /** The columns whose codes the expressions are, in that order; null where SQL decides. */
  readonly coded: readonly string[] | null;
  /** Whether every combination of values is a slice of its own. */
  readonly isDistinct: boolean;
  /** The slices of a case with these values of the expressions. */
  keysOf(values: readonly DatabaseValue[]): readonly SliceKey[];
}

/** With more combinations of texts than this the codes say nothing, and SQL decides. */
const MOST_COMBINATIONS = 100_000;

const STATES = Object.entries(STATE_CODES).map(([state]) => state as SliceState);

/** Prepares a grouping; makes the tables of the columns that it needs. */
export async function slicingOf(table: CaseTable, wide: WideColumns, grouping: Grouping): Promise<Slicing> {
  const columns = [...new Set(groupingColumns(grouping))];
  const combinations = columns.reduce(
    (product, column) => product * ((table.dictionaries.get(column)?.values.length ?? 0) + 2),
    1,
  );
  if (columns.every((column) => isTuple(table, column)) && combinations <= MOST_COMBINATIONS) {
    return codedSlicing(table, grouping, columns);
  }
  await wide.prepare(columns);
  const { state, kind, values } = groupingSql(grouping, attributeReader(table.dictionaries, wide));
  const isIn = `(${state}) = ${STATE_CODES.value}`;
  // Only what makes a slice is kept: one text, or a sorted list of texts.
  const kept = kind === 'one' ? `(${values})` : `list_sort(${values})`;
  const states = STATES.toSorted((a, b) => STATE_CODES[a] - STATE_CODES[b]);
  return {
    grouping,
    expressions: [state, `CASE WHEN ${isIn} THEN ${kept} END`],
    columns,
    coded: null,
    isDistinct: kind === 'one',
    keysOf: ([code, found]) => {
      const own = states[code as number]!;
      const texts = own !== 'value' ? [''] : Array.isArray(found) ? found.map(String) : [found as string];
      return texts.map((value) => ({ grouping: grouping.id, state: own, value }));
    },
  };
}

function codedSlicing(table: CaseTable, grouping: Grouping, columns: readonly string[]): Slicing {
  const coded = columns.flatMap((column) => {
    const dictionary = table.dictionaries.get(column);
    return dictionary === undefined ? [] : [{ column, dictionary }];
  });
  const known = new Map<string, readonly SliceKey[]>();
  return {
    grouping,
    expressions: coded.map(({ dictionary }) => `c.d${dictionary.index}`),
    columns: [],
    coded: coded.map(({ column }) => column),
    isDistinct: false,
    keysOf: (codes) => {
      const name = codes.join();
      const before = known.get(name);
      if (before !== undefined) return before;
      const attributes = new Map(
        coded.map(({ column, dictionary }, i) => [column, attributeOfCode(dictionary, codes[i] as number)]),
      );
      const { state, values } = evaluateGrouping(
        grouping,
        (column) => attributes.get(column) ?? { state: 'missing' },
      );
      const keys = (state === 'value' ? values : ['']).map((value) => ({
        grouping: grouping.id,
        state,
        value,
      }));
      known.set(name, keys);
      return keys;
    },
  };
}
