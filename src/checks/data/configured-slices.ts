/** A-6: the policy names slices that the data does not hold, or holds under another spelling. */

import type { Finding } from '../../findings/index.ts';
import { nearest, type ScopedGrouping } from '../../scope/index.ts';
import { compareText } from '../../slices/index.ts';
import { type Check, type CheckContext, finding, grouped, plural } from '../check.ts';

const ID = 'configured-slices';

/** Most names listed in one notice. */
const LISTED = 8;

export const configuredSlices: Check = {
  kind: 'data',
  practice: 'A-6',
  missing: ({ scope }) =>
    scope.groupings.some(({ expected }) => expected !== null)
      ? null
      : 'a list of the slices that must exist (slices: values or only, in slicewise.yaml)',
  run: (context) =>
    context.scope.groupings
      .filter(({ expected }) => expected !== null)
      .flatMap((scoped) => [
        ...missingSlices(scoped, context),
        ...unlisted(scoped, context),
        ...without(scoped, context),
      ]),
};

/** Names of a grouping's configured slices that have no case, ignored ones left out. */
export function absentSlices(scoped: ScopedGrouping, found: ReadonlySet<string>): string[] {
  return (scoped.expected ?? []).filter((name) => !found.has(name) && !scoped.ignore.has(name));
}

function missingSlices(scoped: ScopedGrouping, context: CheckContext): Finding[] {
  const known = columnValues(scoped, context).map(({ value }) => value);
  const listed = new Set(scoped.expected);
  const free = known.filter((value) => !listed.has(value));
  return absentSlices(scoped, valuesFound(scoped, context)).map((name) => {
    const guess = nearest(name, free);
    return finding({
      check: ID,
      kind: 'data',
      verdict: scoped.role === 'shown' ? null : 'BLOCK',
      slice: name,
      reason:
        scoped.grouping.kind === 'predicate'
          ? `the policy names '${name}' (${scoped.definition}), but it holds for no case`
          : `the policy names ${scoped.dimension} '${name}', but no case has it${guess ? `; ${guess}` : ''}`,
      remedy: guess
        ? 'correct the name in the policy, or add it to ignore'
        : 'add cases, correct the name, or add it to ignore',
      method: 'set difference; edit distance for the suggestion only',
      source: 'A-6',
    });
  });
}

function unlisted(scoped: ScopedGrouping, context: CheckContext): Finding[] {
  const listed = new Set([...(scoped.expected ?? []), ...scoped.ignore]);
  const others = columnValues(scoped, context).filter(({ value }) => !listed.has(value));
  const { count, cases } = totals(scoped, context, listed, others);
  if (count === 0) return [];
  const named = others.slice(0, LISTED).map(({ value, cases: n }) => `${value} (${grouped(n)})`);
  const more = count > named.length ? ` and ${grouped(count - named.length)} more` : '';
  return [
    finding({
      check: ID,
      kind: 'data',
      reason: `${plural(count, 'value')} of ${scoped.dimension} with ${plural(cases, 'case')} ${
        count === 1 ? 'is' : 'are'
      } not configured: ${named.join(', ')}${more}${scoped.remainder ? '; gated together as one slice' : ''}`,
      remedy: 'list them, or add them to ignore',
      source: 'A-6',
    }),
  ];
}

function without(scoped: ScopedGrouping, context: CheckContext): Finding[] {
  if (scoped.grouping.kind === 'predicate') return [];
  const states = context.slices.filter(
    ({ key, metric }) =>
      key.grouping === scoped.grouping.id &&
      key.state !== 'value' &&
      metric.id === context.scope.metrics[0].id,
  );
  return states.map(({ key, tally }) =>
    finding({
      check: ID,
      kind: 'data',
      reason: `${plural(tally.cases, 'case')} without a ${scoped.dimension} (${key.state})`,
      remedy: `tag them with a ${scoped.dimension}`,
      source: 'A-6',
    }),
  );
}

function valuesFound(scoped: ScopedGrouping, { slices }: CheckContext): Set<string> {
  const found = slices.filter(({ key }) => key.grouping === scoped.grouping.id && key.state === 'value');
  return new Set(found.map(({ key }) => key.value));
}

interface ValueCases {
  readonly value: string;
  readonly cases: number;
}

/** How many values are not listed, and their cases; where they are one remainder, beyond the most frequent ones too. */
function totals(
  scoped: ScopedGrouping,
  { slices, scope, profile }: CheckContext,
  listed: ReadonlySet<string>,
  others: readonly ValueCases[],
): { readonly count: number; readonly cases: number } {
  const known = { count: others.length, cases: others.reduce((sum, { cases }) => sum + cases, 0) };
  const { grouping, remainder } = scoped;
  const cut = grouping.kind === 'map' ? grouping.of : grouping;
  if (remainder === null || cut.kind !== 'column') return known;
  const column = profile.columns.find(({ name }) => name === cut.column);
  const own = slices.filter(
    ({ key, metric }) =>
      key.grouping === grouping.id && key.state === 'value' && metric.id === scope.metrics[0].id,
  );
  const rest = own.find(({ key }) => key.value === remainder);
  if (column === undefined || rest === undefined) return known;
  const found = own.filter(({ key }) => listed.has(key.value)).length;
  return { count: Math.max(known.count, column.distinct - found), cases: rest.tally.cases };
}

/**
 * The values of the column that is cut, by their number of cases: all of them where each is a slice, the most frequent ones
 * where the rest is one slice, none where slices are no values of a column.
 */
function columnValues(
  { grouping }: ScopedGrouping,
  { profile, slices, scope }: CheckContext,
): readonly ValueCases[] {
  if (grouping.kind === 'column') {
    return slices
      .filter(
        ({ key, metric }) =>
          key.grouping === grouping.id && key.state === 'value' && metric.id === scope.metrics[0].id,
      )
      .map(({ key, tally }) => ({ value: key.value, cases: tally.cases }))
      .sort((a, b) => b.cases - a.cases || compareText(a.value, b.value));
  }
  if (grouping.kind !== 'map' || grouping.of.kind !== 'column') return [];
  const { column } = grouping.of;
  return profile.columns.find(({ name }) => name === column)?.top ?? [];
}
