/** Decides in which slices of a grouping a case is: the reference for what `Grouping` documents. */

import { parseDecimal } from '../cases/index.ts';
import { type CaseAttribute, characterCount, wordCount } from './attribute.ts';
import { binLabel } from './bins.ts';
import { compareText } from './compare-text.ts';
import { crossValue } from './cross-value.ts';
import { evaluate } from './evaluate.ts';
import { columnsOf } from './expression.ts';
import type { Grouping, SliceState } from './grouping.ts';
import { timeBucket } from './time-bucket.ts';

/** Where a case stands towards a grouping. */
export interface GroupingResult {
  readonly state: SliceState;
  /** Distinct, in the order of `compareText`; empty unless `state` is `value`. */
  readonly values: readonly string[];
}

const MISSING: GroupingResult = { state: 'missing', values: [] };
const UNTAGGED: GroupingResult = { state: 'untagged', values: [] };
const CHANGED: GroupingResult = { state: 'changed', values: [] };

/**
 * The slices of one grouping that hold a case. Costs the product of list lengths for a cross of lists.
 *
 * @param attribute the case's attribute for a column
 * @example evaluateGrouping({ kind: 'column', id: 'c', column: 'c' }, () => ({ state: 'value', cell: ['b', 'a', 'b'] }))
 * // { state: 'value', values: ['a', 'b'] }
 */
export function evaluateGrouping(
  grouping: Grouping,
  attribute: (column: string) => CaseAttribute,
): GroupingResult {
  switch (grouping.kind) {
    case 'all':
      return inSlices(['(all)']);
    case 'column': {
      const found = attribute(grouping.column);
      if (found.state !== 'value') return found.state === 'missing' ? MISSING : CHANGED;
      return inSlices(typeof found.cell === 'string' ? [found.cell] : found.cell);
    }
    case 'cross':
      return crossOf(grouping.parts.map((part) => evaluateGrouping(part, attribute)));
    case 'predicate': {
      const holds = evaluate(grouping.where, attribute);
      if (holds === true) return inSlices([grouping.name]);
      const isOpen =
        holds === null && columnsOf(grouping.where).some((column) => attribute(column).state === 'changed');
      return isOpen ? CHANGED : UNTAGGED;
    }
    case 'bins': {
      const measure = { number: parseDecimal, characters: characterCount, words: wordCount }[grouping.of];
      return bucket(attribute(grouping.column), (text) => {
        const value = measure(text);
        return value === null ? null : binLabel(value, grouping.edges);
      });
    }
    case 'time':
      return bucket(attribute(grouping.column), (text) => timeBucket(text, grouping.by));
    case 'map': {
      const inner = evaluateGrouping(grouping.of, attribute);
      if (inner.state !== 'value') return inner;
      return inSlices(inner.values.map((value) => grouping.values.get(value) ?? grouping.other ?? value));
    }
  }
}

function inSlices(values: readonly string[]): GroupingResult {
  if (values.length === 0) return UNTAGGED;
  return { state: 'value', values: values.length === 1 ? values : [...new Set(values)].sort(compareText) };
}

/** One bucket from one text; a list has no number, length or time, and neither has a text that spells none. */
function bucket(found: CaseAttribute, labelOf: (text: string) => string | null): GroupingResult {
  if (found.state === 'changed') return CHANGED;
  if (found.state === 'missing' || typeof found.cell !== 'string') return MISSING;
  const label = labelOf(found.cell);
  return label === null ? MISSING : inSlices([label]);
}

function crossOf(parts: readonly GroupingResult[]): GroupingResult {
  for (const state of [CHANGED, MISSING, UNTAGGED]) {
    if (parts.some((part) => part.state === state.state)) return state;
  }
  const combinations = parts.reduce<readonly (readonly string[])[]>(
    (rows, part) => rows.flatMap((row) => part.values.map((value) => [...row, value])),
    [[]],
  );
  return inSlices(combinations.map(crossValue));
}
