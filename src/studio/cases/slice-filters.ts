/** Turns the conditions of an address into slices of groupings. */

import { nearNames } from '../../cases/index.ts';
import type { SliceFilter } from '../../counts/index.ts';
import { SlicewiseError, UsageError } from '../../errors.ts';
import type { Grouping, SliceState } from '../../slices/index.ts';
import { columnsOf, type Expression, parseExpression } from '../../slices/index.ts';
import type { PredicateProblem } from '../contract/index.ts';
import { knownSlice } from '../release/known-slice.ts';
import type { StudioSession } from '../session.ts';

const STATES: readonly SliceState[] = ['missing', 'untagged', 'changed'];

/** The cases of a slice of the report; its value `(ignored)` and slices without cases hold none. */
export async function reportSlice(
  id: string,
  session: StudioSession,
): Promise<{ readonly filter: SliceFilter; readonly label: string; readonly metric: string }> {
  const { report, evidence } = await knownSlice(id, session);
  const label =
    report.state === 'value'
      ? `${report.dimension} = ${report.value}`
      : `${report.dimension}: ${report.state}`;
  if (evidence === null) {
    const none: Grouping = { kind: 'all', id: 'none' };
    return { filter: { grouping: none, state: 'missing', value: '' }, label, metric: report.metric };
  }
  const { state, value } = evidence.key;
  if (state === 'value' || STATES.includes(state as SliceState)) {
    const filter = { grouping: evidence.scoped.grouping, state: state as SliceState, value };
    return { filter, label, metric: report.metric };
  }
  throw new UsageError({
    message: `the cases of ${label} are put together from several slices`,
    hint: 'list them by a predicate',
  });
}

/**
 * `dimension=value` or `dimension/state`: a dimension of the report by its name, else a column.
 *
 * @throws UsageError where there is no such dimension or column
 */
export function dimensionFilter(text: string, { release }: StudioSession): SliceFilter {
  const { scope, profile } = release;
  const named = [
    ...scope.groupings.map(({ grouping }) => ({ name: grouping.id, grouping })),
    ...profile.columns.map(({ name }) => ({
      name,
      grouping: { kind: 'column', id: name, column: name } satisfies Grouping,
    })),
  ];
  for (const { name, grouping } of named) {
    if (text.startsWith(`${name}=`)) return { grouping, state: 'value', value: text.slice(name.length + 1) };
    const state = STATES.find((one) => text === `${name}/${one}`);
    if (state !== undefined) return { grouping, state, value: '' };
  }
  const near = nearNames(text.split(/[=/]/)[0]!, [...new Set(named.map(({ name }) => name))]);
  throw new UsageError({
    message: `no dimension or column fits ${JSON.stringify(text.slice(0, 200))}`,
    hint: near.length > 0 ? `did you mean ${near.join(', ')}?` : 'write DIMENSION=VALUE',
  });
}

/** A predicate as it was typed: what it means, or what is wrong where. */
export function readPredicate(
  text: string,
): { readonly where: Expression } | { readonly problem: PredicateProblem } {
  try {
    return { where: parseExpression(text) };
  } catch (error) {
    if (!(error instanceof SlicewiseError)) throw error;
    const [{ message, hint, where } = { message: 'this is no predicate' }] = error.problems;
    const problem = {
      message: message.replace(/^predicate: /, ''),
      hint: hint ?? null,
      line: where?.line ?? null,
      column: where?.column ?? null,
    };
    return { problem };
  }
}

/** The cases for which a predicate is true. */
export function predicateFilter(where: Expression): SliceFilter {
  return { grouping: { kind: 'predicate', id: 'where', name: 'in', where }, state: 'value', value: 'in' };
}

/** Says which columns of a predicate no file has: a comparison with them is never true. */
export function unknownColumnNotes(where: Expression, { release }: StudioSession): readonly string[] {
  const known = release.profile.columns.map(({ name }) => name);
  return columnsOf(where)
    .filter((column) => !known.includes(column))
    .map((column) => {
      const near = nearNames(column, known);
      const meant = near.length > 0 ? ` Did you mean ${near.join(', ')}?` : '';
      return `No file has a column ${JSON.stringify(column.slice(0, 200))}, so what is said of it is never true.${meant}`;
    });
}
