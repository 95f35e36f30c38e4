/** Which columns are searched, and why the others are not. */

import { type ColumnMapping, isOutcomeColumn } from '../../cases/index.ts';
import type { MetricConfig } from '../../config/index.ts';
import {
  absence,
  columnGrouping,
  DEFINITION_SUFFIX,
  DERIVED_DIMENSIONS,
  derivedDimension,
  givenColumn,
  isDerivedName,
} from '../../derived/index.ts';
import type { ColumnProfile, ComparisonProfile } from '../../engines/index.ts';
import { UsageError } from '../../errors.ts';
import type { Grouping } from '../../slices/index.ts';
import type { BothRuns } from '../../stages/index.ts';
import type { DiscoverOptions } from './request.ts';

/** A dimension of the search. */
export interface ChosenColumn {
  readonly grouping: Grouping;
  readonly column: string;
  /** Numbers that are still to be cut at quantiles. */
  readonly isNumber: boolean;
  readonly definition: string;
}

/** A column that is not searched. */
export interface LeftColumn {
  readonly column: string;
  readonly reason: string;
}

export interface ChosenColumns {
  readonly searched: readonly ChosenColumn[];
  readonly left: readonly LeftColumn[];
}

/** Roles whose columns say something about the case. */
const CASE_ROLES: ReadonlySet<string> = new Set(['segment', 'expected', 'cluster']);

/** Numbers with fewer values are searched value by value. */
const FEW_NUMBERS = 24;

/** Clusters of fewer texts mean nothing. */
const CLUSTERED_CASES = 100;

/** The same length in another unit finds the same slices again. */
const SAME_LENGTH: ReadonlySet<string> = new Set(['derived.input_chars', 'derived.input_words']);

/** Derived columns that these runs can have: facts about inputs and cases, nothing that a run did. */
export function derivable({ baseline, candidate }: BothRuns, { derived, include, exclude }: DiscoverOptions) {
  if (!derived) return [];
  const runs = [baseline, candidate].filter((run) => run !== null);
  return DERIVED_DIMENSIONS.filter((one) => {
    if (one.ofOutput || SAME_LENGTH.has(one.name) !== include.includes(one.name)) {
      if (one.ofOutput || !include.includes(one.name)) return false;
    }
    if (exclude.includes(one.name) || (include.length > 0 && !include.includes(one.name))) return false;
    return runs.every(({ opened: { mapping, columns, files } }) => {
      // The column itself is searched; the same cut twice would only be folded.
      if (givenColumn(one, columns) !== null && !include.includes(one.name)) return false;
      return absence(one, { mapping, columns, files: files.length }) === null;
    });
  }).map(({ name }) => name);
}

/**
 * Sorts the columns of a comparison.
 *
 * @throws UsageError naming every column of `include` and `exclude` that no run has
 */
export function chooseColumns(
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  metrics: readonly MetricConfig[],
  options: DiscoverOptions,
): ChosenColumns {
  checkNames(profile, options);
  const facts = {
    roles: rolesByColumn(mappings),
    metrics: new Set(metrics.flatMap(({ measure }) => ('column' in measure ? [measure.column] : []))),
    hasBaseline: profile.baseline !== null,
    cases: profile.paired + profile.onlyBaseline + profile.onlyCandidate,
    options,
  };
  const searched: ChosenColumn[] = [];
  const left: LeftColumn[] = [];
  for (const column of profile.columns) {
    if (column.name.startsWith('derived.') && column.name.endsWith(DEFINITION_SUFFIX)) continue;
    const reason = reasonAgainst(column, facts);
    if (reason === null) searched.push(chosen(column, profile));
    else left.push({ column: column.name, reason });
  }
  return { searched, left };
}

interface Facts {
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  readonly metrics: ReadonlySet<string>;
  readonly hasBaseline: boolean;
  readonly cases: number;
  readonly options: DiscoverOptions;
}

function reasonAgainst(column: ColumnProfile, facts: Facts): string | null {
  const { name, distinct, missingCases, changedCases } = column;
  const { include, exclude } = facts.options;
  if (exclude.includes(name)) return 'excluded by --exclude';
  if (include.length > 0 && !include.includes(name)) return 'not named by --include';
  if (facts.metrics.has(name)) return 'is a metric';
  const role = [...(facts.roles.get(name) ?? [])].find((one) => !CASE_ROLES.has(one));
  if (role !== undefined) return `is the ${role} of the results`;
  if (isOutcomeColumn(name) && !include.includes(name))
    return 'says what a run did, or what was said about it';
  if (!column.inCandidate) return 'only the old run has it';
  if (facts.hasBaseline && !column.inBaseline) return 'only the new run has it';
  if (changedCases > 0) return `differs between rows of ${changedCases} cases, so it says what a run did`;
  if (distinct === 0) return 'is empty';
  if (distinct === 1 && missingCases === 0) return 'has one value';
  if (isClusters(name) && facts.cases < CLUSTERED_CASES) return `clusters need ${CLUSTERED_CASES} cases`;
  if (isCut(column) || column.isList || distinct <= 2 || distinct <= facts.cases / 2) return null;
  return `names nearly every case: ${distinct > 10_000 ? 'over 10000' : distinct} values in ${facts.cases} cases`;
}

const isClusters = (name: string): boolean => derivedDimension(name)?.recipe.kind === 'cluster';

function isCut({ name, distinct, numericRows, filledRows, isList }: ColumnProfile): boolean {
  if ((derivedDimension(name)?.edges ?? null) !== null) return true;
  return !isList && distinct > FEW_NUMBERS && filledRows > 0 && numericRows === filledRows;
}

function chosen(column: ColumnProfile, profile: ComparisonProfile): ChosenColumn {
  const { name, isList } = column;
  const derived = isDerivedName(name) ? derivedDimension(name) : null;
  const made = profile.columns.find((other) => other.name === `${name}${DEFINITION_SUFFIX}`)?.top[0]?.value;
  const isNumber = derived === null && isCut(column);
  return {
    grouping: columnGrouping(name),
    column: name,
    isNumber,
    definition: [
      derived?.definition ?? (isList ? 'tags of a column of the results' : 'column of the results'),
      ...(made === undefined ? [] : [made]),
    ].join('; '),
  };
}

function rolesByColumn(mappings: readonly ColumnMapping[]): ReadonlyMap<string, ReadonlySet<string>> {
  const roles = new Map<string, Set<string>>();
  for (const mapping of mappings) {
    for (const [role, column] of Object.entries(mapping)) {
      roles.set(column, (roles.get(column) ?? new Set()).add(role));
    }
  }
  return roles;
}

function checkNames({ columns }: ComparisonProfile, { include, exclude, derived }: DiscoverOptions): void {
  const known = new Set(columns.map(({ name }) => name));
  const isKnown = (name: string): boolean =>
    known.has(name) || (isDerivedName(name) && derivedDimension(name) !== null);
  const problems = [
    ...include.filter((name) => !known.has(name)).map((name) => ({ flag: '--include', name })),
    ...exclude.filter((name) => !isKnown(name)).map((name) => ({ flag: '--exclude', name })),
  ].map(({ flag, name }) => ({
    message: `${flag} names '${name}', and the results have no such column`,
    hint:
      isDerivedName(name) && !derived
        ? 'leave --no-derived out'
        : `columns: ${columns
            .slice(0, 20)
            .map((column) => column.name)
            .join(', ')}${columns.length > 20 ? ' ...' : ''}`,
  }));
  if (problems.length > 0) throw new UsageError(problems);
}
