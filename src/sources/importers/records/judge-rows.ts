/** Reads rows twice: once to learn which metrics there are and which decides, once to hand them on with their outcome. */

import { createProblemLog } from '../../../cases/index.ts';
import { createNotebook } from '../create-notebook.ts';
import type { Direction, ImportedResult } from '../imported-result.ts';
import type { ImportContext } from '../importer.ts';
import { createMetricSurvey, judge, type MetricValue } from './metric-choice.ts';

/** A row whose outcome is not decided yet. */
export interface UnjudgedRow {
  readonly result: Omit<ImportedResult, 'status' | 'scores'>;
  readonly metrics: Readonly<Record<string, MetricValue>>;
  /** Text of the failure of the system under test; null where it answered. */
  readonly failure: string | null;
}

/** Gives rows their outcome once all metrics were seen. */
export interface RowJudge {
  see(metrics: Readonly<Record<string, MetricValue>>): void;
  /** The row with its outcome; the first call settles which metric decides. */
  row(row: UnjudgedRow): ImportedResult;
}

/** @param direction what the tool itself says of its metrics */
export function createRowJudge(
  { score, notebook }: ImportContext,
  direction: Direction = 'unknown',
): RowJudge {
  const survey = createMetricSurvey();
  let chosen: { readonly primary: string | null } | null = null;
  const choose = (): { readonly primary: string | null } => {
    const { primary, note } = survey.choose(score);
    if (note !== null) notebook.note(note);
    return { primary };
  };
  return {
    see(metrics) {
      for (const [name, value] of Object.entries(metrics)) survey.see(name, value);
    },
    row({ result, metrics, failure }) {
      chosen ??= choose();
      const { primary } = chosen;
      for (const name of Object.keys(metrics)) {
        notebook.metric(result.run, name, { direction, ...(name === primary ? { primary: true } : {}) });
      }
      return failure === null
        ? { ...result, ...judge(metrics, primary) }
        : { ...result, scores: metrics, status: 'error', error: failure };
    },
  };
}

/**
 * Rows with status, pass and score by the metric that decides.
 *
 * @param read gives the rows; called twice, the first time with a log and a notebook that nobody reads
 */
export async function* judgeRows(
  read: (context: ImportContext) => AsyncIterable<UnjudgedRow>,
  context: ImportContext,
): AsyncGenerator<ImportedResult> {
  const judged = createRowJudge(context);
  for await (const { metrics } of read({ ...context, log: createProblemLog(), notebook: createNotebook() }))
    judged.see(metrics);
  for await (const row of read(context)) yield judged.row(row);
}
