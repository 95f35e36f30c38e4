/** Counts the splits of the evaluation and measures their drops (practice B-6). */

import type { ShiftConfig } from '../../config/index.ts';
import { type SliceCount, tallyCells } from '../../counts/index.ts';
import { columnGrouping } from '../../derived/index.ts';
import { ConfigError } from '../../errors.ts';
import {
  type ShiftInput,
  type ShiftsEvidence,
  type SplitScore,
  shiftsEvidence,
} from '../../evidence/index.ts';
import type { DiagnoseInput } from './input.ts';

/** What stands before the colon of a split's name is its kind of shift. */
const KIND = /^([^:]+):/;

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
      shift.inDomain.some((like) => name === like || KIND.exec(name)?.[1] === like);
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

/** Names with kinds are one shift per kind; other values are splits of one shift, which the column names. */
function shiftsOf(column: string, scores: readonly SplitScore[]): readonly ShiftInput[] {
  const hasKinds = scores.length > 0 && scores.every(({ name }) => KIND.test(name));
  if (!hasKinds) return [{ shift: column, splits: scores }];
  const kinds = Map.groupBy(scores, ({ name }) => KIND.exec(name)![1]!);
  return [...kinds].map(([shift, splits]) => ({ shift, splits }));
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
