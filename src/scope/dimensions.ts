/** Finds the columns that can serve as dimensions when nobody declared any. */

import { type ColumnMapping, isOutcomeColumn } from '../cases/index.ts';
import type { ColumnProfile, ComparisonProfile } from '../engines/index.ts';

/** Names that say "gate me", in order of preference; `tags.` means any column below tags. */
const GATING_NAMES = ['segment', 'slice', 'task', 'category', 'customer', 'language'] as const;

/** Names that may as well be what a run made of a case, such as the category of its failure. */
const GUESSED_NAMES = new Set<string>(['category']);

/** Share of the shared cases in which a guessed column may differ between the runs and still be of the case. */
const GUESSED_CHANGES = 0.05;

/** Roles whose columns still make sense as dimensions. */
const DIMENSION_ROLES = new Set(['segment', 'expected', 'cluster']);

/** Fewest and most values of a dimension that is shown without being asked for. */
const SHOWN_VALUES = { least: 2, most: 50 } as const;

/** What was found: the dimension that gates and those that are shown beside it. */
export interface DetectedDimensions {
  readonly gated: string | null;
  readonly shown: readonly string[];
  /** Columns whose name says "gate me" and which differ between the runs too often to be of the case. */
  readonly passedOver: readonly ColumnProfile[];
}

/**
 * Picks the gating dimension (the mapped segment column, else the first of segment, slice, task, category, customer,
 * language, tags.*) and the columns to show (2 to 50 values).
 *
 * A column is no dimension when it plays another role in either run or has near-unique values. One that gates by its
 * name may be in one run alone, and may differ between the runs: the baseline's value says where a case belongs
 * (`Engine.settle`). A column that is only shown must be in both runs and differ nowhere.
 */
export function detectDimensions(
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
): DetectedDimensions {
  const roles = rolesByColumn(mappings);
  const both = profile.baseline !== null;
  const cases = profile.paired + profile.onlyBaseline + profile.onlyCandidate;
  const possible = profile.columns.filter(
    (column) =>
      !isOutcomeColumn(column.name) &&
      !isNearUnique(column, cases) &&
      [...(roles.get(column.name) ?? [])].every((role) => DIMENSION_ROLES.has(role)),
  );
  const differsIn =
    (most: number) =>
    ({ inCandidate, inBaseline, changedCases }: ColumnProfile): boolean =>
      inCandidate && (inBaseline || !both) && changedCases <= most;
  const isWhole = differsIn(0);
  const isLikely = differsIn(profile.paired * GUESSED_CHANGES);
  const named = gatingColumns(possible, mappings);
  const mapped = new Set(mappings.map(({ segment }) => segment));
  const isSure = ({ name }: ColumnProfile): boolean => mapped.has(name) || !isGuessedName(name);
  const gated = named.find((column) => isSure(column) || isLikely(column))?.name ?? null;
  const passedOver = gated !== null ? [] : named.filter(({ changedCases }) => changedCases > 0);
  const shown = possible
    .filter(
      (column) =>
        isWhole(column) &&
        column.name !== gated &&
        column.distinct >= SHOWN_VALUES.least &&
        column.distinct <= SHOWN_VALUES.most,
    )
    .map(({ name }) => name);
  return { gated, shown, passedOver };
}

/** Columns that gate by their role or name, the first choice first. */
function gatingColumns(
  possible: readonly ColumnProfile[],
  mappings: readonly ColumnMapping[],
): readonly ColumnProfile[] {
  const mapped = mappings.flatMap(({ segment }) => possible.filter(({ name }) => name === segment));
  const named = GATING_NAMES.flatMap((wanted) =>
    possible.filter(({ name }) => name.toLowerCase() === wanted).slice(0, 1),
  );
  return [...mapped, ...named, ...possible.filter(isTags)];
}

function isTags({ name, isList }: ColumnProfile): boolean {
  return /^tags\./i.test(name) || (isList && /^tags$/i.test(name));
}

/** `tags.x` may be a tag of the attempt as well. */
function isGuessedName(name: string): boolean {
  return GUESSED_NAMES.has(name.toLowerCase()) || /^tags(\.|$)/i.test(name);
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
