/** Turns tested slices into what people read: names, predicates, rates of the metric, what carries the difference. */

import {
  itemContributions,
  measureSlices,
  type RowTest,
  type SearchMode,
  type SliceItem,
  type SliceSums,
} from '../../discovery/index.ts';
import { whereText } from '../../engines/index.ts';
import { type Expression, formatExpression } from '../../slices/index.ts';
import type { Estimate } from '../../stats/index.ts';
import { toEstimate, toValue } from './error-scale.ts';
import type { ModeSearch, TestedSlice } from './find-by-halves.ts';
import type { GroupedSlice } from './group-slices.ts';
import type { DiscoveredSliceReport, SliceCondition } from './result.ts';
import type { SearchedCases } from './searched-cases.ts';

/** What is known of a slice before its cases are looked at one by one. */
export type SliceDraft = Omit<DiscoveredSliceReport, 'lost' | 'words' | 'mix'>;

/** Name of a conjunction. */
export function nameOf({ columns }: SearchedCases, items: readonly SliceItem[]): string {
  return items.map(({ column, code }) => columns[column]!.values[code - 1]!.name).join(' & ');
}

/** The predicate of a conjunction; null where one of its conditions has none. */
export function predicateOf({ columns }: SearchedCases, items: readonly SliceItem[]): Expression | null {
  const parts = items.map(({ column, code }) => columns[column]!.values[code - 1]!.where);
  if (parts.includes(null)) return null;
  // Ranges are conjunctions themselves: one flat list reads better than parentheses.
  const flat = (parts as readonly Expression[]).flatMap((part) =>
    part.kind === 'and' ? part.parts : [part],
  );
  return flat.length === 1 ? flat[0]! : { kind: 'and', parts: flat };
}

/** @param lists columns that hold tags */
export function describeSlices(
  cases: SearchedCases,
  found: ModeSearch,
  groups: readonly GroupedSlice[],
  lists: ReadonlySet<string>,
): readonly SliceDraft[] {
  const { table } = cases.input;
  const [all, ...sums] = measureSlices(table, [[], ...groups.map(({ slice }) => slice.items)]);
  const below = measureSlices(
    table,
    groups.flatMap(({ under }) => under.map((one) => one.slice.items)),
  );
  let next = 0;
  return groups.map(({ slice, under }, i) => {
    const own = sums[i]!;
    const where = predicateOf(cases, slice.items);
    return {
      ...{ mode: found.mode, name: nameOf(cases, slice.items), state: slice.state },
      ...{ confirmedBy: slice.confirmedBy, reason: slice.reason },
      conditions: conditionsOf(cases, slice.items, found.mode),
      predicate: where && formatExpression(where),
      sql: where && whereText(where, lists),
      ...{ cases: own.cases, share: own.cases / all!.cases },
      shownOn: found.heldOutCases === null ? 'all cases' : 'held-out half',
      ...numbersOf(cases, slice, found.mode),
      ...tooMany(own, all!, found.mode),
      beyondParents: slice.parents?.holds ?? null,
      folded: under.map(({ slice: other, overlap }) => ({
        ...{ name: nameOf(cases, other.items), cases: below[next++]!.cases, overlap, state: other.state },
      })),
    };
  });
}

/** From an error to the metric: which way a difference in error points. */
function factorOf({ scale }: SearchedCases, mode: SearchMode): 1 | -1 {
  return mode === 'improved' ? (scale.sign === 1 ? -1 : 1) : scale.sign;
}

function conditionsOf(
  cases: SearchedCases,
  items: readonly SliceItem[],
  mode: SearchMode,
): readonly SliceCondition[] {
  const parts = items.length === 1 ? null : itemContributions(cases.input.table, items, mode);
  return items.map(({ column, code }, i) => {
    const { column: name, definition, values } = cases.columns[column]!;
    const value = values[code - 1]!;
    const contribution = parts && factorOf(cases, mode) * parts.items[i]!.contribution;
    return { column: name, value: value.label, name: value.name, definition, contribution };
  });
}

function numbersOf(cases: SearchedCases, { shown, found, adjustedP }: TestedSlice, mode: SearchMode) {
  const { scale } = cases;
  return {
    shownCases: shown.cases,
    rate: toEstimate(shown.rate, scale),
    rest: shown.rest && toEstimate(shown.rest, scale),
    before: shown.before === null ? null : toValue(shown.before, scale),
    difference: turned(shown.difference, factorOf(cases, mode)),
    method: shown.method,
    p: shown.p,
    adjustedP,
    found: found && { cases: found.cases, rate: rateOf(cases, found) },
  };
}

function rateOf({ scale }: SearchedCases, { rate }: RowTest): number | null {
  return rate.estimate === null ? null : toValue(rate.estimate, scale);
}

function turned(estimate: Estimate, factor: 1 | -1): Estimate {
  if (factor === 1) return estimate;
  const turn = (value: number | null) => (value === null ? null : 0 - value);
  const { lower, upper } = estimate;
  return { ...estimate, estimate: turn(estimate.estimate), lower: turn(upper), upper: turn(lower) };
}

function tooMany(
  slice: SliceSums,
  all: SliceSums,
  mode: SearchMode,
): Pick<SliceDraft, 'errorsTooMany' | 'errorShare'> {
  if (mode === 'worst') {
    const others = all.weight - slice.weight;
    const expected = others === 0 ? 0 : (slice.weight * (all.error - slice.error)) / others;
    return {
      errorsTooMany: slice.error - expected,
      errorShare: all.error === 0 ? null : slice.error / all.error,
    };
  }
  const [own, whole] = mode === 'regressed' ? [slice.broke, all.broke] : [slice.fixed, all.fixed];
  return { errorsTooMany: slice.change, errorShare: whole === 0 ? null : own / whole };
}
