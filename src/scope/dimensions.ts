/** Finds the columns that can serve as dimensions when nobody declared any. */

import { type ColumnMapping, isOutcomeColumn } from '../cases/index.ts';
import type { ColumnProfile, ComparisonProfile } from '../engines/index.ts';

/** Names that say "gate me", in order of preference; `tags.` means any column below tags. */
const GATING_NAMES = ['segment', 'slice', 'task', 'category', 'customer', 'language'] as const;

/** Roles whose columns still make sense as dimensions. */
const DIMENSION_ROLES = new Set(['segment', 'expected', 'cluster']);

/** Fewest and most values of a dimension that is shown without being asked for. */
const SHOWN_VALUES = { least: 2, most: 50 } as const;

/** What was found: the dimension that gates and those that are shown beside it. */
export interface DetectedDimensions {
  readonly gated: string | null;
  readonly shown: readonly string[];
}

/**
 * Picks the gating dimension (the mapped segment column, else the first of segment, slice, task, category, customer,
 * language, tags.*) and the columns to show (2 to 50 values).
 *
 * A column is no dimension when it plays another role in either run, is missing from one of the files, has near-unique
 * values, or differs between the rows of any case.
 */
export function detectDimensions(
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): DetectedDimensions {
  const roles = rolesByColumn(mappings);
  const both = profile.baseline !== null;
  const cases = profile.paired + profile.onlyBaseline + profile.onlyCandidate;
  const usable = profile.columns.filter(
    (column) =>
      column.inCandidate &&
      (column.inBaseline || !both) &&
      column.changedCases === 0 &&
      !isOutcomeColumn(column.name) &&
      !isNearUnique(column, cases) &&
      [...(roles.get(column.name) ?? [])].every((role) => DIMENSION_ROLES.has(role)),
  );
  const gated = gatingColumn(usable, mappings);
  const shown = usable
    .filter(
      ({ name, distinct }) =>
        name !== gated && distinct >= SHOWN_VALUES.least && distinct <= SHOWN_VALUES.most,
    )
    .map(({ name }) => name);
  return { gated, shown };
}

function gatingColumn(usable: readonly ColumnProfile[], mappings: readonly ColumnMapping[]): string | null {
  const names = new Set(usable.map(({ name }) => name));
  for (const mapping of mappings) {
    if (mapping.segment !== undefined && names.has(mapping.segment)) return mapping.segment;
  }
  for (const wanted of GATING_NAMES) {
    const hit = usable.find(({ name }) => name.toLowerCase() === wanted);
    if (hit) return hit.name;
  }
  return (
    usable.find(({ name, isList }) => /^tags\./i.test(name) || (isList && /^tags$/i.test(name)))?.name ?? null
  );
}

/** Values that nearly name the case: more than half as many as cases, beyond a handful. */
function isNearUnique({ distinct }: ColumnProfile, cases: number): boolean {
  return distinct > SHOWN_VALUES.least && distinct > cases / 2;
}

function rolesByColumn(mappings: readonly ColumnMapping[]): Map<string, Set<string>> {
  const roles = new Map<string, Set<string>>();
  for (const mapping of mappings) {
    for (const [role, column] of Object.entries(mapping)) {
      roles.set(column, (roles.get(column) ?? new Set()).add(role));
    }
  }
  return roles;
}
