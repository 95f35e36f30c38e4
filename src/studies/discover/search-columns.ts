/** The coded table of an engine as columns of a search, every code with a name and a predicate. */

import type { CodedColumn, CodedTable, CodedValue } from '../../counts/index.ts';
import { derivedDimension } from '../../derived/index.ts';
import { type Expression, type Grouping, sliceExpression } from '../../slices/index.ts';
import type { ChosenColumn } from './choose-columns.ts';

/** One value that a slice can have as a condition. */
export interface SearchValue {
  /** For people: `plan=free`, `age=30-40`, `tags has x`, `plan is missing`. */
  readonly name: string;
  /** Text of the value alone. */
  readonly label: string;
  readonly cases: number;
  /** Null where the language of predicates has none. */
  readonly where: Expression | null;
}

/** A column of the search with the names of its codes (code 1 is the first value). */
export interface SearchColumn {
  readonly column: string;
  /** The tag that this column is about, for lists. */
  readonly tag: string | null;
  readonly definition: string;
  readonly grouping: Grouping;
  readonly values: readonly SearchValue[];
  readonly codes: Uint8Array | Uint16Array;
  readonly rareValues: number;
  readonly rareCases: number;
}

/**
 * Names the columns of a table.
 *
 * @param chosen by grouping id
 * @param texts false names clusters by number, not by their words
 */
export function searchColumns(
  table: CodedTable,
  chosen: ReadonlyMap<string, ChosenColumn>,
  texts: boolean,
): readonly SearchColumn[] {
  return table.columns.map((coded) => {
    const { grouping, tag, codes, rareValues, rareCases } = coded;
    const own = chosen.get(grouping)!;
    const isHidden = !texts && derivedDimension(own.column)?.recipe.kind === 'cluster';
    const values = coded.values.map((value, i) => nameValue(coded, own, isHidden ? i + 1 : null, value));
    return {
      column: own.column,
      tag,
      definition: own.definition,
      grouping: own.grouping,
      values,
      codes,
      rareValues,
      rareCases,
    };
  });
}

function nameValue(
  { tag }: CodedColumn,
  { column, grouping }: ChosenColumn,
  number: number | null,
  { state, value, cases }: CodedValue,
): SearchValue {
  const label = state !== 'value' ? `is ${state}` : number === null ? value : `cluster ${number}`;
  const where = number === null || state !== 'value' ? conditionOf(grouping, tag, { state, value }) : null;
  return { name: nameOf(column, tag, state, label), label, cases, where };
}

function nameOf(column: string, tag: string | null, state: string, label: string): string {
  if (state !== 'value') return `${column} ${label}`;
  return tag === null ? `${column}=${label}` : `${column} ${label === 'yes' ? 'has' : 'lacks'} ${tag}`;
}

function conditionOf(
  grouping: Grouping,
  tag: string | null,
  slice: Pick<CodedValue, 'state' | 'value'>,
): Expression | null {
  if (tag === null) return sliceExpression(grouping, slice);
  if (slice.state !== 'value' || grouping.kind !== 'column') return null;
  const has: Expression = {
    kind: 'compare',
    op: '==',
    left: { kind: 'column', column: grouping.column },
    right: { kind: 'literal', value: tag },
  };
  return slice.value === 'yes' ? has : { kind: 'not', part: has };
}
