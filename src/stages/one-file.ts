/** Knows a run whose file holds an old run beside the new one, so that naming it once is enough. */

import { sideBySide } from '../cases/index.ts';
import type { Config, RunInput } from '../config/index.ts';
import type { OpenedRun } from '../sources/index.ts';
import { isSameInput } from './same-rows.ts';

/**
 * Whether a run that was named alone is both runs: columns of a baseline are mapped and exist, or columns such as `pass_before` and
 * `pass_after` are all that could say how it did. What a person said of its columns or metrics stands: then it is one run.
 *
 * @param opened the file, read as one run
 */
export function holdsBothRuns(input: RunInput, opened: OpenedRun, config: Config): boolean {
  // Standard input can be read once.
  if (opened.imported !== null || !isSameInput(input, input)) return false;
  const { both, baseline, candidate } = config.columns;
  const mapped = Object.values(baseline).filter((column) => column !== '');
  if (mapped.length > 0) return mapped.every((column) => opened.columns.includes(column));
  const said = { ...both, ...candidate };
  if (['passed', 'score', 'predicted', 'probabilities', 'error'].some((role) => role in said)) return false;
  const { passed, score, predicted } = opened.mapping;
  if (passed !== undefined || score !== undefined || predicted !== undefined) return false;
  const isOfColumn = config.metrics.some(
    ({ measure }) => 'column' in measure && !measure.column.startsWith('derived.'),
  );
  return !isOfColumn && sideBySide(opened.columns)?.isSure === true;
}
