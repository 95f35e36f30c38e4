/** Which columns the baseline decides where the runs disagree. */

import { type ColumnMapping, isOutcomeColumn } from '../cases/index.ts';
import { derivedDimension } from '../derived/index.ts';
import type { ColumnProfile, ComparisonProfile } from '../engines/index.ts';
import { columnsOf, type Grouping, groupingColumns } from '../slices/index.ts';
import type { Scope } from './types.ts';

/** Roles of columns that say what a case is. An expected answer that differs is an edit, which leaves the comparison. */
const CASE_ROLES = new Set(['segment', 'cluster']);

/**
 * The columns of gated slices and of members of families in which rows of a case disagree, and which say what a case is: no
 * outcome, no text of another role, nothing derived, and no measure that is cut into ranges. In the order of the scope, each
 * once.
 *
 * Slices by what the baseline *did* would hold the cases that it got right by luck, and show a loss that is none.
 */
export function settledColumns(
  { groupings }: Scope,
  { baseline, columns }: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): readonly string[] {
  if (baseline === null) return [];
  const profiles = new Map(columns.map((column) => [column.name, column]));
  const isOfTheCase = (column: string): boolean =>
    !isOutcomeColumn(column) &&
    derivedDimension(column) === null &&
    mappings.every((mapping) =>
      Object.entries(mapping).every(([role, name]) => name !== column || CASE_ROLES.has(role)),
    );
  const gated = groupings.filter(({ role }) => role !== 'shown');
  return [...new Set(gated.flatMap(({ grouping }) => namingColumns(grouping, profiles)))].filter(
    (column) => (profiles.get(column)?.changedCases ?? 0) > 0 && isOfTheCase(column),
  );
}

/** Columns that are used by their values, not as measures. */
function namingColumns(grouping: Grouping, profiles: ReadonlyMap<string, ColumnProfile>): readonly string[] {
  switch (grouping.kind) {
    case 'bins':
    case 'time':
      return [];
    case 'cross':
      return grouping.parts.flatMap((part) => namingColumns(part, profiles));
    case 'map':
      return namingColumns(grouping.of, profiles);
    case 'predicate':
      return columnsOf(grouping.where).filter((column) => {
        const found = profiles.get(column);
        return found !== undefined && found.numericRows < found.filledRows;
      });
    default:
      return groupingColumns(grouping);
  }
}
