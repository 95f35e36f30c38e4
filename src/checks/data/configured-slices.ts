/** A-6: the policy names slices that the data does not hold, or holds under another spelling. */

import type { Finding } from '../../findings/index.ts';
import { nearest, type ScopedGrouping } from '../../scope/index.ts';
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
  if (others.length === 0) return [];
  const cases = others.reduce((sum, other) => sum + other.cases, 0);
  const named = others.slice(0, LISTED).map(({ value, cases: n }) => `${value} (${grouped(n)})`);
  const more = others.length > LISTED ? ` and ${others.length - LISTED} more` : '';
  return [
    finding({
      check: ID,
      kind: 'data',
      reason: `${plural(others.length, 'value')} of ${scoped.dimension} with ${plural(cases, 'case')} ${
        others.length === 1 ? 'is' : 'are'
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

/** The most frequent values of the column that is cut; none where slices are no values of a column. */
function columnValues(
  { grouping }: ScopedGrouping,
  { profile }: CheckContext,
): readonly { readonly value: string; readonly cases: number }[] {
  const cut = grouping.kind === 'map' ? grouping.of : grouping;
  return cut.kind === 'column' ? (profile.columns.find(({ name }) => name === cut.column)?.top ?? []) : [];
}
