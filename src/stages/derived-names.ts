/** Which derived columns a configuration names, and whether the runs can have them. */

import { type Config, nearestHint, type SliceConfig } from '../config/index.ts';
import { absence, DERIVED_DIMENSIONS, derivedDimension, isDerivedName } from '../derived/index.ts';
import { ConfigError, type Problem } from '../errors.ts';
import { columnsOf } from '../slices/index.ts';
import type { BothRuns } from './loaded-run.ts';

/** Derived columns that slices and metrics name, each once, in order; empty for most configurations. */
export function derivedNames(config: Config): readonly string[] {
  const named = [...config.slices.flatMap(sliceColumns), ...metricColumns(config)];
  return [...new Set(named.filter((name) => isDerivedName(name)))];
}

function sliceColumns({ cut, families }: SliceConfig): readonly string[] {
  return [...cutColumns(cut), ...(typeof families === 'string' ? [families] : [])];
}

function cutColumns(cut: SliceConfig['cut']): readonly string[] {
  switch (cut.kind) {
    case 'column':
      return cut.column === null ? [] : [cut.column];
    case 'cross':
      return cut.columns;
    case 'where':
      return columnsOf(cut.where);
    case 'bins':
    case 'time':
      return [cut.column];
  }
}

function metricColumns({ metrics }: Config): readonly string[] {
  return metrics.flatMap(({ measure }) => ('column' in measure ? [measure.column] : []));
}

/**
 * Refuses derived columns that cannot be: unknown names, columns whose inputs no run has, and slices by what a run did where
 * that cannot be a slice.
 *
 * @throws ConfigError with every problem
 */
export function checkDerived(config: Config, names: readonly string[], runs: BothRuns): void {
  const problems = [...names.flatMap((name) => nameProblem(name, runs)), ...sliceProblems(config)];
  if (problems.length > 0) {
    throw new ConfigError(
      problems.map((problem) =>
        config.file === null ? problem : { ...problem, where: { file: config.file } },
      ),
    );
  }
}

function nameProblem(name: string, { baseline, candidate }: BothRuns): readonly Problem[] {
  const both = [baseline, candidate].filter((run) => run !== null);
  if (both.some(({ opened }) => opened.columns.includes(name))) return [];
  const one = derivedDimension(name);
  if (one === null) {
    const all = DERIVED_DIMENSIONS.filter(({ filledBy }) => filledBy === 'both').map(
      (dimension) => dimension.name,
    );
    return [{ message: `there is no derived dimension '${name}'`, hint: nearestHint(name, all) }];
  }
  const filling = one.filledBy === 'both' ? both : one.filledBy === 'baseline' ? [baseline] : [candidate];
  const reasons = filling.map((run) => {
    if (run === null) return 'a baseline run';
    const { mapping, columns, files } = run.opened;
    return absence(one, { mapping, columns, files: files.length });
  });
  if (reasons.includes(null)) return [];
  const hint = one.role === null ? undefined : `name the column with --map ${one.role}=COLUMN`;
  return [
    { message: `${name} needs ${reasons[0]}, and there is none`, ...(hint === undefined ? {} : { hint }) },
  ];
}

function sliceProblems({ slices }: Config): readonly Problem[] {
  return slices.flatMap(({ gate, ...slice }) =>
    sliceColumns({ gate, ...slice }).flatMap((name): readonly Problem[] => {
      const one = derivedDimension(name);
      if (one === null || !one.ofOutput) return [];
      if (one.filledBy === 'both') {
        const tail = name.slice('derived.'.length);
        return [
          {
            message: `'${name}' differs between the runs, so it is no slice of cases`,
            hint: `write derived.baseline_${tail}, or derived.candidate_${tail} with gate: false`,
          },
        ];
      }
      if (one.filledBy === 'baseline' || !gate) return [];
      return [
        {
          message: `'${name}' says what the candidate did with a case, so it cannot gate: cases would move between its slices`,
          hint: 'show it with gate: false, or cut by the baseline',
        },
      ];
    }),
  );
}
