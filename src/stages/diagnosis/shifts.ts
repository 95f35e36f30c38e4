/** Counts the splits of the evaluation and measures their drops (practice B-6). */

import type { ShiftConfig } from '../../config/index.ts';
import { type SliceCount, tallyCells } from '../../counts/index.ts';
import { columnGrouping } from '../../derived/index.ts';
import { ConfigError } from '../../errors.ts';
import {
  type ShiftsEvidence,
  type SplitScore,
  shiftsEvidence,
  shiftsOf,
  splitKind,
} from '../../evidence/index.ts';
import type { DiagnoseInput } from './input.ts';

/**
 * The candidate's pass rate per split, one entry for each column of the configuration.
 *
 * @throws ConfigError naming every column that no run has
 */
export async function diagnoseShifts(
  { comparison, config, profile }: Pick<DiagnoseInput, 'comparison' | 'config' | 'profile'>,
  shifts: readonly ShiftConfig[],
): Promise<readonly ShiftsEvidence[]> {
  const known = new Set(profile.columns.map(({ name }) => name));
  const problems = shifts.flatMap(({ column }, at) =>
    known.has(column)
      ? []
      : [
          {
            message: `shifts names '${column}', and the results have no such column`,
            where: { ...(config.file === null ? {} : { file: config.file }), field: `shifts[${at}].column` },
          },
        ],
  );
  if (problems.length > 0) throw new ConfigError(problems);
  const groupings = shifts.map(({ column }) => columnGrouping(column));
  const counts = await comparison.engine.count({ groupings });
  const { minCases, level, errors } = config.policy;
  return shifts.map((shift, at) => {
    const own = counts.filter(({ grouping }) => grouping === groupings[at]!.id);
    const scores = own.flatMap((one) => (one.state === 'value' ? [scoreOf(one, errors)] : []));
    const isInDomain = ({ name }: SplitScore) =>
      shift.inDomain.some((like) => name === like || splitKind(name) === like);
    const inDomain = scores.filter(isInDomain);
    return shiftsEvidence(
      {
        column: shift.column,
        passed: inDomain.reduce((sum, one) => sum + one.passed, 0),
        cases: inDomain.reduce((sum, one) => sum + one.cases, 0),
        untagged: own.reduce((sum, one) => (one.state === 'value' ? sum : sum + casesOf(one)), 0),
      },
      shiftsOf(
        shift.column,
        scores.filter((one) => !isInDomain(one)),
      ),
      { minCases, floor: shift.floor, level },
    );
  });
}

function scoreOf(count: SliceCount, errors: 'fail' | 'exclude'): SplitScore {
  const { candidateValues } = tallyCells(count.cells, { kind: 'passRate' }, { errors });
  return {
    name: count.value,
    passed: candidateValues.reduce((sum, { value, cases }) => sum + value * cases, 0),
    cases: candidateValues.reduce((sum, { cases }) => sum + cases, 0),
  };
}

function casesOf({ cells }: SliceCount): number {
  return cells.reduce((sum, { cases }) => sum + cases, 0);
}
