/** Puts the numbers that promptfoo states beside those that its results give. */

import { list, number, path, record } from '../json-access.ts';
import type { ImportNotebook } from '../notebook.ts';
import type { EvalValues } from './eval-file.ts';
import type { NamedColumn } from './provider-columns.ts';
import type { ReadResult } from './result-row.ts';

/** Sums over the results of one column, or of a file. */
export interface ResultSums {
  rows: number;
  score: number;
  pass: number;
  fail: number;
  error: number;
  latencyMs: number;
  cost: number;
}

export function emptySums(): ResultSums {
  return { rows: 0, score: 0, pass: 0, fail: 0, error: 0, latencyMs: 0, cost: 0 };
}

/** Adds a result, as the file states it. */
export function addToSums(sums: ResultSums, { stated }: ReadResult): void {
  sums.rows += 1;
  sums.score += stated.score;
  sums[stated.outcome] += 1;
  sums.latencyMs += stated.latencyMs;
  sums.cost += stated.cost;
}

/** Numbers of `results.prompts[].metrics`, with what they are sums of. */
const COLUMN_NUMBERS: readonly (readonly [name: string, field: string, sum: keyof ResultSums])[] = [
  ['score, sum', 'score', 'score'],
  ['passed', 'testPassCount', 'pass'],
  ['failed', 'testFailCount', 'fail'],
  ['errors', 'testErrorCount', 'error'],
  ['latency, sum in ms', 'totalLatencyMs', 'latencyMs'],
  ['cost, sum in USD', 'cost', 'cost'],
];

const FILE_NUMBERS: readonly (readonly [name: string, field: string, sum: keyof ResultSums])[] = [
  ['all passed', 'successes', 'pass'],
  ['all failed', 'failures', 'fail'],
  ['all errors', 'errors', 'error'],
];

/** Sums of many small numbers in another order differ by less than this share. */
const TOLERANCE = 1e-9;

/** Hands the numbers of a file's header to the notebook. */
export function compareHeader(
  values: EvalValues,
  columns: readonly NamedColumn[],
  sums: ReadonlyMap<string, ResultSums>,
  notebook: ImportNotebook,
): void {
  const say = (run: string, name: string, value: number | null, ours: number): void => {
    if (value === null) return;
    const same = Math.abs(ours - value) <= TOLERANCE * Math.max(1, Math.abs(value));
    notebook.ownNumber({
      run,
      name,
      value,
      ours,
      reason: same ? null : 'the file holds other results than the header counts',
    });
  };
  const prompts = list(values['results.prompts']) ?? list(values['results.table.head.prompts']) ?? [];
  for (const column of columns) {
    const metrics = record(path(prompts[Number(column.key)], 'metrics'));
    const ours = sums.get(column.key) ?? emptySums();
    for (const [name, field, sum] of COLUMN_NUMBERS)
      say(column.run, name, number(metrics?.[field]), ours[sum]);
  }
  const stats = record(values['results.stats']);
  const first = columns[0];
  if (stats === null || first === undefined) return;
  const run = columns.length === 1 ? first.run : 'all runs of the file';
  for (const [name, field, sum] of FILE_NUMBERS) {
    say(
      run,
      name,
      number(stats[field]),
      [...sums.values()].reduce((total, one) => total + one[sum], 0),
    );
  }
}
