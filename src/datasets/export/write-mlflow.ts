/** Writes a run as one table in the shape of MLflow's `eval_results_table.json`. */

import type { ExportRequest, ExportSummary, ReadRows, WriteContext } from './export-request.ts';
import { surveyColumns } from './mlflow-table.ts';
import { createStreamedFile } from './streamed-file.ts';

/** Rows are read twice: for the columns that any of them fills, then to be written. */
export async function writeMlflow(
  request: ExportRequest,
  rows: ReadRows,
  { path, tally, losses }: WriteContext,
): Promise<Omit<ExportSummary, 'losses'>> {
  const survey = surveyColumns();
  for await (const row of rows()) survey.add(row);
  const columns = survey.columns();
  const file = await createStreamedFile(path);
  try {
    await file.write(`{"columns": ${JSON.stringify(columns.names)}, "data": [`);
    let written = 0;
    for await (const row of rows()) {
      tally.add(row);
      if (row.status === 'error')
        losses.add('MLflow has no errors: they are rows with status error and no score');
      if (row.status === 'unscored')
        losses.add('MLflow has no unscored rows: they are rows with status unscored and no score');
      await file.write(`${written === 0 ? '' : ','}\n${JSON.stringify(columns.row(row))}`);
      written += 1;
    }
    if (columns.names.includes('case_id')) {
      losses.say(
        'MLflow knows rows by their inputs: ids are in the column case_id, which its own tools do not use',
      );
    }
    await file.write('\n]}\n');
    await file.close();
    await file.commit();
    return { files: [request.out], figures: tally.figures(), written };
  } finally {
    await file.discard();
  }
}
