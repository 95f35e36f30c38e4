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

/**
 * Rows with status, pass and score by the metric that decides.
 *
 * @param read gives the rows; called twice, the first time with a log and a notebook that nobody reads
 * @param direction what the tool itself says of its metrics
 */
export async function* judgeRows(
  read: (context: ImportContext) => AsyncIterable<UnjudgedRow>,
  context: ImportContext,
  direction: Direction = 'unknown',
): AsyncGenerator<ImportedResult> {
  const survey = createMetricSurvey();
  for await (const { metrics } of read({ ...context, log: createProblemLog(), notebook: createNotebook() })) {
    for (const [name, value] of Object.entries(metrics)) survey.see(name, value);
  }
  const { primary, note } = survey.choose(context.score);
  if (note !== null) context.notebook.note(note);
  for await (const { result, metrics, failure } of read(context)) {
    for (const name of Object.keys(metrics)) {
      context.notebook.metric(result.run, name, {
        direction,
        ...(name === primary ? { primary: true } : {}),
      });
    }
    yield failure === null
      ? { ...result, ...judge(metrics, primary) }
      : { ...result, scores: metrics, status: 'error', error: failure };
  }
}
