/** Refuses a scope that looks at columns which do not exist, cuts by outcomes, or measures a column without numbers. */

import { distance } from 'fastest-levenshtein';
import { type ColumnMapping, commaHint } from '../cases/index.ts';
import type { MetricConfig } from '../config/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import { ConfigError, type Problem } from '../errors.ts';
import { groupingColumns } from '../slices/index.ts';
import type { ScopedGrouping } from './types.ts';

/**
 * Looks up every column that the slices and metrics name.
 *
 * @throws ConfigError with every problem: columns in neither run, with near names, gated columns that say what a run did, and
 *   measured columns without a number
 */
export function checkColumns(
  groupings: readonly ScopedGrouping[],
  metrics: readonly MetricConfig[],
  profile: ComparisonProfile,
  mappings: readonly ColumnMapping[],
  file: string | null,
): void {
  const known = profile.columns.map(({ name }) => name);
  const wanted = [
    ...groupings.flatMap(({ grouping, dimension }) =>
      groupingColumns(grouping).map((column) => ({ column, use: `slice '${dimension}'` })),
    ),
    ...metrics.flatMap(({ id, measure }) =>
      'column' in measure ? [{ column: measure.column, use: `metric '${id}'` }] : [],
    ),
  ];
  const absent = wanted
    .filter(({ column }) => !known.includes(column))
    .map(
      ({ column, use }): Problem => ({
        message: `${use} needs column '${column}', which is in neither run; columns: ${known.slice(0, 30).join(', ')}`,
        hint: nearest(column, known),
        where: file === null ? { field: use } : { file, field: use },
      }),
    );
  const problems = [
    ...absent,
    ...cutByOutcome(groupings, mappings, file),
    ...withoutNumbers(metrics, profile, file),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
}

const OUTCOME_ROLES = ['passed', 'score', 'error'] as const;

/** A slice of the cases that passed in both runs has nothing to lose: who belongs to a slice must not depend on the outcome. */
function cutByOutcome(
  groupings: readonly ScopedGrouping[],
  mappings: readonly ColumnMapping[],
  file: string | null,
): Problem[] {
  return groupings
    .filter(({ role }) => role === 'gated')
    .flatMap(({ grouping, dimension }) => {
      const columns = groupingColumns(grouping);
      const role = OUTCOME_ROLES.find((one) =>
        mappings.some((mapping) => mapping[one] !== undefined && columns.includes(mapping[one])),
      );
      if (role === undefined) return [];
      const column = mappings.map((mapping) => mapping[role]).find((name) => columns.includes(name ?? ''));
      return [
        {
          message: `slice '${dimension}' cuts by column '${column}', which says what a run did with a case (${role})`,
          hint: `slices come from what a case is; if the column is that, say so with columns: { ${role}: '' } in slicewise.yaml`,
          where: file === null ? { field: dimension } : { file, field: dimension },
        },
      ];
    });
}

function withoutNumbers(
  metrics: readonly MetricConfig[],
  profile: ComparisonProfile,
  file: string | null,
): Problem[] {
  return metrics.flatMap(({ id, measure }) => {
    const column =
      'column' in measure ? profile.columns.find(({ name }) => name === measure.column) : undefined;
    if (column === undefined || column.numericRows > 0) return [];
    const found =
      column.filledRows === 0
        ? 'is empty in both runs'
        : `holds no number in any of its ${column.filledRows} rows`;
    return [
      {
        message: `metric '${id}' needs numbers, and column '${column.name}' ${found}`,
        hint:
          commaHint(column.top.map(({ value }) => value)) ??
          'name a column of numbers; their decimals stand after a point, not a comma',
        where: file === null ? { field: id } : { file, field: id },
      },
    ];
  });
}

/** `did you mean 'x'?` for the nearest name within a third of its length. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, off: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(
      ({ candidate, off }) => off <= Math.max(2, Math.ceil(Math.max(candidate.length, name.length) / 3)),
    )
    .sort((a, b) => a.off - b.off);
  return best && `did you mean '${best.candidate}'?`;
}
