/** What is selected: as codes for the kernel, and as a predicate for people and for slicewise.yaml. Pure: it runs in the browser too. */

import type { Expression, Literal } from '../../slices/index.ts';
import type { ExploreDimension, ExploreValue } from '../contract/explore.ts';
import type { ExploreChoice, ExploreDefinition } from '../contract/explore-selection.ts';
import type { FilterChoice } from './cross-filter.ts';

/** The language of predicates, handed in: its whole stage needs Node. */
export interface PredicateWords {
  /** Columns that the results have themselves. */
  readonly known: ReadonlySet<string>;
  readonly format: (expression: Expression) => string;
  readonly columnsOf: (expression: Expression) => readonly string[];
}

/**
 * Which codes each column lets through. A value that the dimension does not have lets nothing through: the link came from other
 * data, and more than was meant must not be shown.
 */
export function codesOf(
  dimensions: readonly ExploreDimension[],
  filter: readonly ExploreChoice[],
): FilterChoice {
  return dimensions.map(({ id, values }) => {
    const choice = filter.find(({ dimension }) => dimension === id);
    if (choice === undefined) return null;
    const allowed = new Uint8Array(256);
    for (const { key, code } of values) if (choice.values.includes(key)) allowed[code] = 1;
    return allowed;
  });
}

/** Choices of dimensions or values that this data does not have, in words; empty for none. */
export function unknownChoices(
  dimensions: readonly ExploreDimension[],
  filter: readonly ExploreChoice[],
): readonly string[] {
  return filter.flatMap(({ dimension, values }) => {
    const known = dimensions.find(({ id }) => id === dimension);
    if (known === undefined) return [`there is no dimension ${JSON.stringify(dimension.slice(0, 100))}`];
    return values
      .filter((key) => !known.values.some((value) => value.key === key))
      .map((key) => `${dimension} has no value ${JSON.stringify(key.slice(0, 100))}`);
  });
}

/** The selection in the language of predicates; where there are no words for it, why. */
export function definitionOf(
  dimensions: readonly ExploreDimension[],
  filter: readonly ExploreChoice[],
  words: PredicateWords,
): ExploreDefinition {
  const parts: Expression[] = [];
  let isOfOutcome = false;
  for (const { dimension, values } of filter) {
    const own = dimensions.find(({ id }) => id === dimension);
    if (own?.kind === 'outcome') {
      isOfOutcome = true;
      continue;
    }
    const part = own === undefined ? `there is no dimension ${dimension}` : partOf(own, values);
    if (typeof part === 'string') return { predicate: null, whyNot: part, derived: [], isListable: false };
    parts.push(part);
  }
  const defined = definedBy(parts, words);
  return isOfOutcome ? { ...defined, whyNot: OF_OUTCOME, isListable: defined.derived.length === 0 } : defined;
}

const OF_OUTCOME =
  'a slice is about what a case is, not about how it went: clear the filter of the outcome to name one';

/** Conditions joined by "and". */
export function definedBy(parts: readonly Expression[], words: PredicateWords): ExploreDefinition {
  if (parts.length === 0) {
    return { predicate: null, whyNot: 'nothing is selected', derived: [], isListable: true };
  }
  const flat = parts.flatMap((part) => (part.kind === 'and' ? part.parts : [part]));
  const whole: Expression = flat.length === 1 ? flat[0]! : { kind: 'and', parts: flat };
  const derived = words.columnsOf(whole).filter((column) => !words.known.has(column));
  return { predicate: words.format(whole), whyNot: null, derived, isListable: derived.length === 0 };
}

/** The condition of one dimension, or why there is none. */
function partOf(dimension: ExploreDimension, keys: readonly string[]): Expression | string {
  const { label, values } = dimension;
  const chosen = values.filter(({ key }) => keys.includes(key));
  if (chosen.length === 0) return `no value of ${label} is selected`;
  const wordless = chosen.find(({ where }) => where === null);
  if (wordless !== undefined) {
    return wordless.state === 'other'
      ? `the rarer values of ${label} have no name of their own`
      : `${label} ${wordless.label}: no condition on one row selects these cases`;
  }
  return dimension.edges === null ? anyOf(chosen.map(({ where }) => where!)) : rangesOf(dimension, chosen);
}

/** Values of one column become a list. */
function anyOf(wheres: readonly Expression[]): Expression {
  const literals: Literal[] = [];
  const others: Expression[] = [];
  let operand: Extract<Expression, { kind: 'in' }>['operand'] | null = null;
  for (const where of wheres) {
    if (where.kind === 'compare' && where.op === '==' && where.right.kind === 'literal') {
      operand = where.left;
      literals.push(where.right.value);
    } else others.push(where);
  }
  const list: Expression[] =
    operand === null || literals.length === 0
      ? []
      : literals.length === 1
        ? [{ kind: 'compare', op: '==', left: operand, right: { kind: 'literal', value: literals[0]! } }]
        : [{ kind: 'in', operand, values: literals }];
  const parts = [...list, ...others];
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
}

/** Ranges that touch become one. */
function rangesOf({ values }: ExploreDimension, chosen: readonly ExploreValue[]): Expression {
  const ranges: { first: Expression; last: Expression; at: number }[] = [];
  const others: Expression[] = [];
  values.forEach((value, at) => {
    if (!chosen.includes(value)) return;
    if (value.state !== 'value') others.push(value.where!);
    else if (ranges.at(-1)?.at === at - 1) Object.assign(ranges.at(-1)!, { last: value.where, at });
    else ranges.push({ first: value.where!, last: value.where!, at });
  });
  const parts = [...ranges.map(({ first, last }) => between(first, last)), ...others];
  return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
}

/** From the lower end of one range to the upper end of another; an end that is open stays open. */
function between(first: Expression, last: Expression): Expression {
  const ends = [
    ...comparisons(first).filter(({ op }) => op === '>='),
    ...comparisons(last).filter(({ op }) => op === '<'),
  ];
  // Below the first edge and above the last together: any number at all.
  if (ends.length === 0) return { kind: 'or', parts: [first, negated(first)] };
  return ends.length === 1 ? ends[0]! : { kind: 'and', parts: ends };
}

type Comparison = Extract<Expression, { kind: 'compare' }>;

function comparisons(range: Expression): readonly Comparison[] {
  if (range.kind === 'and') return range.parts.flatMap(comparisons);
  return range.kind === 'compare' ? [range] : [];
}

function negated(part: Expression): Expression {
  return part.kind === 'compare' && part.op === '<' ? { ...part, op: '>=' } : { kind: 'not', part };
}
