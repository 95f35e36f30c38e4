/** A slice of a grouping as a predicate, so that what was found can be named, searched and gated. */

import { binLabels } from './bins.ts';
import { crossParts } from './cross-value.ts';
import type { Expression, Literal, Operand } from './expression.ts';
import type { Grouping, SliceState } from './grouping.ts';

/**
 * The predicate that holds for exactly the cases of a slice; null where the language has none: `changed` and `untagged` cases,
 * and buckets of time, whose timestamps it does not read.
 *
 * @param slice state and value as `evaluateGrouping` gives them
 * @example formatExpression(sliceExpression({ kind: 'column', id: 'plan', column: 'plan' }, { state: 'value', value: 'free' }))
 * // "plan == 'free'"
 */
export function sliceExpression(
  grouping: Grouping,
  slice: { readonly state: SliceState; readonly value: string },
): Expression | null {
  if (slice.state === 'missing') return missingExpression(grouping);
  if (slice.state !== 'value') return null;
  switch (grouping.kind) {
    case 'column':
      return compare({ kind: 'column', column: grouping.column }, '==', slice.value);
    case 'predicate':
      return grouping.where;
    case 'bins':
      return rangeExpression(grouping, slice.value);
    case 'map':
      return mapExpression(grouping, slice.value);
    case 'cross':
      return crossExpression(grouping, slice.value);
    default:
      return null;
  }
}

/** Only a plain column can be said to be missing: a bin lacks cases for other reasons too. */
function missingExpression(grouping: Grouping): Expression | null {
  return grouping.kind === 'column' ? { kind: 'missing', column: grouping.column } : null;
}

function rangeExpression(
  { column, of, edges }: Extract<Grouping, { kind: 'bins' }>,
  label: string,
): Expression | null {
  const at = binLabels(edges).indexOf(label);
  if (at < 0) return null;
  const operand: Operand = {
    kind: of === 'number' ? 'column' : of === 'characters' ? 'length' : 'words',
    column,
  };
  const from = edges[at - 1];
  const to = edges[at];
  if (from === undefined) return compare(operand, '<', to!);
  const atLeast = compare(operand, '>=', from);
  return to === undefined ? atLeast : { kind: 'and', parts: [atLeast, compare(operand, '<', to)] };
}

/** All parts at once; their own conjunctions (ranges) become one flat list. */
function crossExpression({ parts }: Extract<Grouping, { kind: 'cross' }>, value: string): Expression | null {
  const values = crossParts(value);
  if (values === null || values.length !== parts.length || parts.length === 0) return null;
  const conditions = parts.map((part, i) => sliceExpression(part, { state: 'value', value: values[i]! }));
  if (conditions.includes(null)) return null;
  const flat = (conditions as Expression[]).flatMap((one) => (one.kind === 'and' ? one.parts : [one]));
  return flat.length === 1 ? flat[0]! : { kind: 'and', parts: flat };
}

/** Values that the map gives this name; where others keep their own, the name itself too. */
function mapExpression(grouping: Extract<Grouping, { kind: 'map' }>, value: string): Expression | null {
  if (value === grouping.other) return null;
  const sources = [...grouping.values].filter(([, to]) => to === value).map(([from]) => from);
  const own = grouping.other === null && !grouping.values.has(value) ? [value] : [];
  const parts = [...sources, ...own].map((from) =>
    sliceExpression(grouping.of, { state: 'value', value: from }),
  );
  if (parts.length === 0 || parts.includes(null)) return null;
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts: parts as Expression[] };
}

function compare(left: Operand, op: '==' | '<' | '>=', value: Literal): Expression {
  return { kind: 'compare', op, left, right: { kind: 'literal', value } };
}
