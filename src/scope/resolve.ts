/** Turns configuration and profile into the groupings and metrics of one comparison. */

import type { ColumnMapping } from '../cases/index.ts';
import type { Config, SliceConfig } from '../config/index.ts';
import { columnGrouping, DEFINITION_SUFFIX, derivedDimension } from '../derived/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { ConfigError } from '../errors.ts';
import { describeGrouping, type Grouping } from '../slices/index.ts';
import { checkColumns } from './check-columns.ts';
import { defaultMetric } from './default-metric.ts';
import { detectDimensions } from './dimensions.ts';
import type { Scope, ScopedGrouping } from './types.ts';

/** Value of the slice that holds every case which a configured list of segments does not name. */
export const REMAINDER = '(not listed)';

/** Id of the slice of all cases, the only one where there is no dimension. */
export const ALL_CASES = '(all cases)';

/**
 * Resolves what to look at. Configured slices gate; without any, the detected dimension gates and the other columns are
 * shown; without a dimension all cases together are the one gated slice.
 *
 * @param known the dimension that gates where none is configured, null for all cases together; found where it is undefined
 * @throws ConfigError naming every configured column that neither run has, with near names.
 */
export function resolveScope(
  config: Config,
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  known?: string | null,
): Scope {
  const notes: string[] = [];
  const metrics = config.metrics.length > 0 ? config.metrics : [defaultMetric(profile, mappings, config)];
  const found = detectDimensions(profile, mappings);
  const detected = known === undefined ? found : { ...found, gated: known };
  const groupings = config.slices.flatMap((slice, index) => configured(slice, profile, notes, index));
  checkColumns(groupings, metrics, profile, mappings, config.file);
  if (config.slices.length === 0) {
    const shown = detected.shown
      .filter((column) => column !== detected.gated)
      .map((column) => plainColumn(column, 'shown'));
    if (detected.gated === null) {
      notes.push(
        ...detected.passedOver.map(
          ({ name, changedCases }) =>
            `${name} was not taken as the dimension: it differs between the rows of ${changedCases} cases, so it may say what a run did; --slice ${name} gates by the baseline's value`,
        ),
      );
      notes.push('no dimension was found, so all cases are gated together; name one with --slice COLUMN');
      return { groupings: [allCases('gated'), ...shown], metrics, from: 'none', notes };
    }
    const only = onlyIn(detected.gated, profile);
    notes.push(`gated dimension: ${detected.gated} (detected${only}; choose another with --slice COLUMN)`);
    const gated = plainColumn(detected.gated, 'gated');
    checkColumns([gated], [], profile, mappings, config.file);
    return { groupings: [gated, ...shown], metrics, from: 'detected', notes };
  }
  const taken = new Set(groupings.map(({ dimension }) => dimension));
  const shown = [detected.gated, ...detected.shown]
    .filter((column): column is string => column !== null && !taken.has(column))
    .map((column) => plainColumn(column, 'shown'));
  return { groupings: [...groupings, ...shown], metrics, from: 'configured', notes };
}

/** Which run alone has a column, as words; empty where both have it. */
function onlyIn(column: string, { columns, baseline }: ComparisonProfile): string {
  const found = columns.find(({ name }) => name === column);
  if (found === undefined || baseline === null || (found.inBaseline && found.inCandidate)) return '';
  return `, only the ${found.inBaseline ? 'baseline' : 'candidate'} has it`;
}

/** The grouping of all cases together, which every comparison counts beside its slices. */
export function allGrouping(): Grouping {
  return { kind: 'all', id: ALL_CASES };
}

/** All cases as one slice, with no rules of its own. */
export function allCases(role: 'gated' | 'shown'): ScopedGrouping {
  return { ...plainColumn(ALL_CASES, role), grouping: allGrouping() };
}

function plainColumn(column: string, role: ScopedGrouping['role']): ScopedGrouping {
  return {
    grouping: columnGrouping(column),
    role,
    dimension: column,
    definition: derivedDimension(column)?.definition ?? null,
    rules: {},
    values: new Map(),
    ignore: new Set(),
    expected: null,
    remainder: null,
    familyOf: null,
    families: null,
  };
}

/** What a derived column is; of clusters also how these were made, as the rows say. */
function derivedDefinition(column: string, { columns }: ComparisonProfile): string | null {
  const definition = derivedDimension(column)?.definition ?? null;
  const made = columns.find(({ name }) => name === `${column}${DEFINITION_SUFFIX}`)?.top[0]?.value;
  return definition === null || made === undefined ? definition : `${definition}; ${made}`;
}

function configured(
  slice: SliceConfig,
  profile: ComparisonProfile,
  notes: string[],
  index: number,
): ScopedGrouping[] {
  const base = baseGrouping(slice, profile, notes, index);
  const scoped: ScopedGrouping = {
    ...plainColumn(base.id, slice.gate ? 'gated' : 'shown'),
    grouping: base,
    definition: derivedDefinition(base.id, profile) ?? describeGrouping(base),
    rules: { owner: slice.owner, critical: slice.critical, floor: slice.floor, margin: slice.margin },
    values: slice.values,
    ignore: new Set(slice.ignore),
    expected: slice.only ?? named(slice, base),
  };
  if (slice.only !== null) {
    const listed = [...slice.only, ...slice.ignore];
    return [
      {
        ...scoped,
        grouping: {
          kind: 'map',
          id: base.id,
          of: base,
          values: new Map(listed.map((value) => [value, value])),
          other: REMAINDER,
        },
        expected: slice.only,
        remainder: REMAINDER,
      },
    ];
  }
  if (slice.families === null) return [scoped];
  return withFamilies(scoped, base, slice.families);
}

/** Slices that must exist: values with rules of their own, and a predicate, which is one slice under its name. */
function named({ values }: SliceConfig, base: Grouping): readonly string[] | null {
  if (base.kind === 'predicate') return [base.name];
  return values.size > 0 ? [...values.keys()] : null;
}

/** The families gate; their members are listed below them with family-wise adjusted p-values. */
function withFamilies(
  scoped: ScopedGrouping,
  base: Grouping,
  families: ReadonlyMap<string, string> | string,
): ScopedGrouping[] {
  if (typeof families === 'string') {
    const column: Grouping = { kind: 'column', id: families, column: families };
    const member: Grouping = { kind: 'cross', id: `${families} x ${base.id}`, parts: [column, base] };
    return [
      { ...scoped, grouping: column, dimension: families, expected: null },
      {
        ...scoped,
        grouping: member,
        dimension: member.id,
        role: 'members',
        familyOf: families,
        expected: null,
      },
    ];
  }
  const id = `${base.id} (families)`;
  const definition = [...new Set(families.values())]
    .map(
      (family) =>
        `${family}: ${[...families]
          .filter(([, of]) => of === family)
          .map(([value]) => value)
          .join(', ')}`,
    )
    .join('; ');
  return [
    {
      ...scoped,
      grouping: { kind: 'map', id, of: base, values: families, other: null },
      dimension: id,
      definition,
      expected: null,
    },
    { ...scoped, role: 'members', familyOf: id, families, expected: [...families.keys()] },
  ];
}

function baseGrouping(
  slice: SliceConfig,
  profile: ComparisonProfile,
  notes: string[],
  index: number,
): Grouping {
  const { cut } = slice;
  switch (cut.kind) {
    case 'column': {
      const column = cut.column ?? columnHolding(slice.only ?? [], profile, notes, index);
      return columnGrouping(column);
    }
    case 'cross': {
      const parts = cut.columns.map(columnGrouping);
      return { kind: 'cross', id: cut.columns.join(' x '), parts };
    }
    case 'where':
      return { kind: 'predicate', id: cut.name, name: cut.name, where: cut.where };
    case 'bins': {
      const of = cut.of === 'number' ? cut.column : `${cut.of} of ${cut.column}`;
      return { kind: 'bins', id: of, column: cut.column, of: cut.of, edges: cut.edges };
    }
    case 'time':
      return { kind: 'time', id: `${cut.by} of ${cut.column}`, column: cut.column, by: cut.by };
  }
}

/** The column that holds most of the listed segments; ties go to the first column. */
function columnHolding(
  segments: readonly string[],
  profile: ComparisonProfile,
  notes: string[],
  index: number,
): string {
  const hits = profile.columns.map((column) => ({
    column,
    found: segments.filter((segment) => column.top.some(({ value }) => value === segment)).length,
  }));
  const best = hits.reduce((a, b) => (b.found > a.found ? b : a), { column: null, found: 0 } as {
    column: ComparisonProfile['columns'][number] | null;
    found: number;
  });
  if (best.column === null) {
    throw new ConfigError({
      message: `no column holds any of the configured segments ${segments.map((s) => `'${s}'`).join(', ')}`,
      hint: `name the column: slices: [{ column: ... }]; columns found: ${profile.columns.map(({ name }) => name).join(', ')}`,
      where: { field: `slices[${index}]` },
    });
  }
  notes.push(`segments were found in column ${best.column.name} (${best.found} of ${segments.length} names)`);
  return best.column.name;
}
