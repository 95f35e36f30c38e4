/** Reads experiments of Arize Phoenix: its JSON and CSV downloads, one row per run of an example. */

import type { Cell } from '../../../cases/index.ts';
import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import { contentText, flattenTags } from '../json-access.ts';
import {
  headShape,
  judgeRows,
  millisBetween,
  numberOf,
  type RecordFields,
  readExchange,
  readRecords,
  recordFields,
  type UnjudgedRow,
} from '../records/index.ts';
import { type Annotation, columnAnnotations, isAnnotationColumn, listedAnnotations } from './annotations.ts';

const KNOWN = new Set([
  'example_id',
  'repetition_number',
  'input',
  'reference_output',
  'output',
  'error',
  'latency_ms',
  'start_time',
  'end_time',
  'trace_id',
  'prompt_token_count',
  'completion_token_count',
  'annotations',
  'metadata',
  'experiment_id',
  'experiment_name',
  'id',
]);

const NO_METADATA =
  'The JSON download of Phoenix has no metadata of the examples, so there is nothing to slice by; download the CSV, or join the metadata by example_id.';

/** The reader of Phoenix. Memory: one record. */
export const phoenixImporter: Importer = {
  name: 'phoenix',
  label: 'Phoenix',
  recognises(file) {
    const { keys } = headShape(file);
    return keys.has('example_id') && (keys.has('repetition_number') || keys.has('reference_output'));
  },
  read: (files, context) => judgeRows((pass) => runs(files, pass), context),
};

async function* runs(
  files: readonly ImportFile[],
  { log, notebook }: ImportContext,
): AsyncGenerator<UnjudgedRow> {
  for (const file of files) {
    for await (const source of readRecords(file, { lists: ['data'] }, log)) {
      const fields = recordFields(source, log);
      if (fields.raw('metadata') === undefined && !source.isText) notebook.note(NO_METADATA);
      for (const name of Object.keys(source.fields)) {
        if (!KNOWN.has(name) && !isAnnotationColumn(name)) notebook.unmapped(name);
      }
      const row = readRun(fields, runOf(file, fields));
      if (row !== null) yield row;
    }
  }
}

/** Neither download names its experiment; the file does. */
function runOf({ source }: ImportFile, fields: RecordFields): string {
  return (
    fields.text('experiment_name') ??
    source.label.replace(/^.*[\\/]/, '').replace(/\.(?:json|jsonl|csv)(?:\.gz|\.zst)?$/i, '')
  );
}

function annotationsOf(fields: RecordFields): readonly Annotation[] {
  return [...listedAnnotations(fields), ...columnAnnotations(fields)];
}

function readRun(fields: RecordFields, run: string): UnjudgedRow | null {
  const caseId = fields.text('example_id');
  if (caseId === null) {
    fields.problem('example_id', 'is missing, expected the id of the example');
    return null;
  }
  const { metrics, extra } = sort(annotationsOf(fields));
  const exchange = readExchange(fields.raw('input'), fields.raw('output'));
  const start = fields.time('start_time');
  const end = fields.time('end_time');
  const tokens = [fields.number('prompt_token_count'), fields.number('completion_token_count')] as const;
  const error = fields.text('error');
  const result = {
    run,
    caseId,
    ...trialOf(fields),
    input: exchange.input,
    output: exchange.output,
    expected: readExchange(null, fields.raw('reference_output')).output,
    latencyMs: fields.number('latency_ms') ?? millisBetween(start, end),
    inputTokens: tokens[0],
    outputTokens: tokens[1],
    totalTokens: tokens[0] === null || tokens[1] === null ? null : tokens[0] + tokens[1],
    timestamp: start,
    tags: flattenTags(fields.object('metadata') ?? {}, 'metadata'),
    extra: { trace_id: fields.text('trace_id'), ...exchange.extra, ...extra },
    line: fields.record.line,
  };
  return { result, metrics, failure: error === '' ? null : error };
}

function trialOf(fields: RecordFields): { trial?: string } {
  const trial = fields.text('repetition_number');
  return trial === null ? {} : { trial: String(numberOf(trial) ?? trial) };
}

function sort(annotations: readonly Annotation[]): {
  metrics: Record<string, number | boolean | null>;
  extra: Record<string, Cell>;
} {
  const metrics: Record<string, number | boolean | null> = {};
  const extra: Record<string, Cell> = {};
  for (const { name, kind, value, label, explanation, error } of annotations) {
    if (kind === 'HUMAN') extra[`human.${name}`] = label ?? contentText(value ?? null);
    else {
      if (value !== undefined) metrics[name] = value;
      if (label !== null) extra[`label.${name}`] = label;
    }
    if (explanation !== null) extra[`comment.${name}`] = explanation;
    if (error !== null) extra[`scorer_error.${name}`] = error;
  }
  return { metrics, extra };
}
