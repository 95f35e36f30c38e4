/** Reads MLflow: the table of the older `mlflow.evaluate`, frames of `mlflow.genai.evaluate`, and traces. */

import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import {
  headShape,
  judgeRows,
  readRecords,
  recordFields,
  SPAN_TRANSCRIPTS,
  type UnjudgedRow,
} from '../records/index.ts';
import { createOrdinals, readTable } from './eval-table.ts';
import { readTraceRecord } from './trace-row.ts';

/** The reader of MLflow. Memory: one record, and a hash per case to find inputs that occur twice. */
export const mlflowImporter: Importer = {
  name: 'mlflow',
  label: 'MLflow',
  recognises(file) {
    const { kind, keys, starts, first } = headShape(file);
    if (keys.has('columns') && keys.has('data') && kind !== 'csv') return isEvalTable(file.head);
    if (keys.has('trace_id') && (keys.has('assessments') || keys.has('trace_metadata'))) return true;
    if (keys.has('traces') && starts.get('traces') === '[') return first.includes('"trace_metadata"');
    return keys.has('info') && keys.has('data') && /"(?:trace_metadata|request_metadata)"/.test(first);
  },
  read: (files, context) => judgeRows((pass) => rows(files, pass), context),
  transcripts: SPAN_TRANSCRIPTS,
};

/** Frames of any program look like this; those of an evaluation name a score or an output. */
function isEvalTable(head: string): boolean {
  const columns = /"columns"\s*:\s*\[([^\]]*)\]/.exec(head)?.[1] ?? '';
  return (
    /\/v\d+\\?\/score"|\\?\/score"/.test(columns) ||
    (/"(?:is_)?(?:passed|correct|success|score)"/i.test(columns) &&
      /"(?:case_|example_|sample_)?id"/.test(columns)) ||
    (/"(?:inputs|question)"/.test(columns) && /"(?:outputs|predictions?)"/.test(columns))
  );
}

async function* rows(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<UnjudgedRow> {
  const ordinals = createOrdinals(context.notebook);
  const seen = new Set<string>();
  for (const file of files) {
    const { keys, kind } = headShape(file);
    if (keys.has('columns') && keys.has('data') && kind !== 'csv') {
      yield* readTable(file, context, ordinals);
      continue;
    }
    for await (const source of readRecords(
      file,
      { lists: ['traces', 'data'], nonFinite: true },
      context.log,
    )) {
      const row = readTraceRecord(recordFields(source, context.log), context.notebook, ordinals);
      if (row === null) continue;
      const id = row.result.extra?.trace_id;
      if (typeof id === 'string' && seen.has(id)) {
        context.notebook.dropped('trace that the files hold twice', `${source.file}:${source.line}`);
        continue;
      }
      if (typeof id === 'string') seen.add(id);
      yield row;
    }
  }
}
