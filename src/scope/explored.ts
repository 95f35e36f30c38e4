/** Cuts that nobody declared: lengths of the input and wide numeric columns, looked at for a dimension worth gating on. */

import { type ColumnMapping, isOutcomeColumn } from '../cases/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Grouping } from '../slices/index.ts';
import type { Scope } from './types.ts';

/** Powers of two: the same cut for every pair of runs, so that its slices can be compared over time. */
const EDGES = Array.from({ length: 17 }, (_, power) => 2 ** (power + 1));

/** Characters of a text; shorter ones are one slice. */
const LENGTH_EDGES = EDGES.filter((edge) => edge >= 32);

/** More wide columns than this are not looked at; discovery looks at all. */
const MOST_COLUMNS = 12;

/** Distinct numbers from which a column is cut into ranges instead of being shown value by value. */
const LEAST_DISTINCT = 50;

/**
 * Groupings of the input's length in characters and of numeric columns with many values, by powers of two. Columns with another
 * role, lists, and columns that differ between the runs are left out, as are those that the scope has already.
 */
export function exploredGroupings(
  scope: Scope,
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): readonly Grouping[] {
  const roles = new Set(mappings.flatMap((mapping) => Object.values(mapping)));
  const taken = new Set(scope.groupings.map(({ grouping }) => grouping.id));
  const isConstant = (name: string): boolean =>
    profile.columns.some((column) => column.name === name && column.changedCases === 0 && column.inCandidate);
  const input = mappings.at(-1)?.input;
  const length: readonly Grouping[] =
    input !== undefined && isConstant(input)
      ? [{ kind: 'bins', id: `characters of ${input}`, column: input, of: 'characters', edges: LENGTH_EDGES }]
      : [];
  const numbers = profile.columns
    .filter(
      ({ name, distinct, numericRows, filledRows, isList }) =>
        !roles.has(name) &&
        !isOutcomeColumn(name) &&
        !isList &&
        distinct > LEAST_DISTINCT &&
        numericRows === filledRows &&
        isConstant(name),
    )
    .slice(0, MOST_COLUMNS)
    .map(({ name }): Grouping => ({ kind: 'bins', id: name, column: name, of: 'number', edges: EDGES }));
  return [...length, ...numbers].filter(({ id }) => !taken.has(id));
}
