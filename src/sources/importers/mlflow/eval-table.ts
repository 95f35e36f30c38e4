/**
 * Reads `eval_results_table.json`: columns and data apart, no row id, scores in columns `NAME/vN/score`. Tables that W&B logs have
 * the same shape; there a column such as `passed` or `score` is the metric, and one such as `id` the case.
 */

import type { Cell } from '../../../cases/index.ts';
import type { ImportContext, ImportFile } from '../importer.ts';
import { contentId, contentText, flattenTags, list, scalarText, trialCounter } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import type { ImportNotebook } from '../notebook.ts';
import {
  type MetricValue,
  numberOf,
  type RecordFields,
  readExchange,
  recordFields,
  type UnjudgedRow,
} from '../records/index.ts';
import {
  exportedFailure,
  exportedFields,
  isExported,
  isExportedColumn,
  withVerdict,
} from './exported-row.ts';

const METRIC = /^(.+?)(?:\/v\d+)?\/(score|justification)$/s;
const INPUTS = ['inputs', 'input', 'question', 'query', 'prompt', 'messages', 'request'];
const EXPECTED = ['ground_truth', 'targets', 'target', 'expected', 'expected_response', 'answer'];
const OUTPUTS = ['outputs', 'output', 'predictions', 'prediction', 'response'];
const IDS = ['case_id', 'id', 'example_id', 'sample_id', 'question_id'];
const JUDGED = /^(?:is_)?(?:passed|pass|success|correct|ok|exact_match|score)$/i;
const OTHERS = new Set(['latency', 'token_count', 'run_id', 'context', 'retrieved_context']);

/** Numbers what occurs more than once in one run, in order of appearance. */
export interface Ordinals {
  /** Gives equal inputs different case ids. */
  caseId(run: string, hash: string): string;
  /** Counts rows that have the same id of their own: repeats of one case. */
  trial(run: string, caseId: string): string;
}

/** Ordinals that warn once when inputs occur twice. */
export function createOrdinals(notebook: ImportNotebook): Ordinals {
  const counts = new Map<string, number>();
  return {
    trial: trialCounter(),
    caseId(run, hash) {
      const key = `${run}\n${hash}`;
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      if (count === 1) return hash;
      notebook.note(
        'MLflow rows have no id, so a case is known by its inputs. Some inputs occur more than once in one run: they are told apart by their order (#2, #3, ...), which only holds between runs if both list them in the same order.',
      );
      return `${hash}#${count}`;
    },
  };
}

/** The rows of a table. */
export async function* readTable(
  file: ImportFile,
  { log, notebook }: ImportContext,
  ordinals: Ordinals,
): AsyncGenerator<UnjudgedRow> {
  const label = file.source.label;
  const columns = await readColumns(file);
  for await (const { value, line, index } of streamJson(
    file,
    { elements: ['data'], values: [], nonFinite: true },
    log,
  )) {
    const cells = list(value);
    if (columns === null || cells === null || cells.length !== columns.length) {
      log.add({
        message:
          columns === null
            ? 'there are rows without a list "columns" of names'
            : `row ${index + 1} has ${cells === null ? 'no list of cells' : `${cells.length} cells`}, expected ${columns.length} as in "columns"`,
        where: { file: label, line },
      });
      if (columns === null) return;
      continue;
    }
    const fields = Object.fromEntries(columns.map((name, at) => [name, cells[at]]));
    yield tableRow(
      recordFields({ fields, file: label, line, isText: false }, log),
      runName(file),
      notebook,
      ordinals,
    );
  }
}

async function readColumns(file: ImportFile): Promise<readonly string[] | null> {
  const quiet = {
    add: () => {},
    count: () => 0,
    moveTo: () => {},
    addUnlisted: () => {},
    throwIfAny: () => {},
  };
  for await (const { value } of streamJson(
    file,
    { elements: [], values: ['columns'], nonFinite: true },
    quiet,
  )) {
    const names = (list(value) ?? [null]).map(scalarText);
    return names.every((name) => name !== null) ? names : null;
  }
  return null;
}

function runName({ source }: ImportFile): string {
  return source.label.replace(/\.json(?:\.gz|\.zst)?$/i, '');
}

function tableRow(
  fields: RecordFields,
  name: string,
  notebook: ImportNotebook,
  ordinals: Ordinals,
): UnjudgedRow {
  const names = Object.keys(fields.record.fields);
  const inputs = INPUTS.filter((column) => names.includes(column));
  const expected = EXPECTED.find((column) => names.includes(column));
  const outputs = OUTPUTS.find((column) => names.includes(column) && !inputs.includes(column));
  const id = IDS.find((column) => names.includes(column));
  const own = id === undefined ? null : fields.text(id);
  const used = new Set([...inputs, expected, outputs, id]);
  const isOwnExport = isExported(names);
  const { metrics, extra, tags } = otherColumns(
    fields,
    names,
    (column) => used.has(column) || (isOwnExport && isExportedColumn(column)),
  );
  const asked = inputs.length > 0 ? inputs : names.filter((column) => column in tags);
  if (inputs.length === 0 && own === null)
    notebook.note(
      'No column is named inputs, so a case is known by all columns that are neither output, target nor score.',
    );
  const run = fields.text('run_id') ?? name;
  const exchange = readExchange(
    inputs.length > 0 ? fields.raw(inputs[0]!) : null,
    outputs === undefined ? null : fields.raw(outputs),
  );
  const latency = fields.number('latency');
  return {
    result: {
      run,
      ...(own === null
        ? { caseId: ordinals.caseId(run, contentId(...asked.map((column) => fields.raw(column) ?? null))) }
        : { caseId: own, trial: ordinals.trial(run, own) }),
      input: exchange.input,
      output: exchange.output,
      expected: expected === undefined ? null : contentText(fields.raw(expected)),
      latencyMs: latency === null ? null : Math.round(latency * 1e6) / 1e3,
      outputTokens: fields.number('token_count'),
      tags,
      extra: { ...exchange.extra, ...extra },
      line: fields.record.line,
      ...(isOwnExport ? exportedFields(fields) : {}),
    },
    metrics: isOwnExport ? withVerdict(metrics) : metrics,
    failure: isOwnExport ? exportedFailure(fields) : null,
  };
}

/** Scores, comments, contexts and slice keys: all columns but those that are read as something else. */
function otherColumns(
  fields: RecordFields,
  names: readonly string[],
  isUsed: (column: string) => boolean,
): {
  readonly metrics: Record<string, MetricValue>;
  readonly extra: Record<string, Cell>;
  readonly tags: Record<string, Cell>;
} {
  const metrics: Record<string, MetricValue> = {};
  const extra: Record<string, Cell> = {};
  const tags: Record<string, Cell> = {};
  for (const column of names) {
    const [, metric, part] = METRIC.exec(column) ?? [];
    const value = fields.raw(column);
    if (metric !== undefined && part === 'score') metrics[metric] = metricValue(fields, column);
    else if (JUDGED.test(column)) metrics[column] = metricValue(fields, column);
    else if (metric !== undefined) extra[`comment.${metric}`] = contentText(value);
    else if (column === 'context' || column === 'retrieved_context') extra[column] = contentText(value);
    else if (!isUsed(column) && !OTHERS.has(column)) Object.assign(tags, flattenTags(value, column));
  }
  return { metrics, extra, tags };
}

/** A number or a truth value; NaN and null are rows that the scorer left out. */
function metricValue(fields: RecordFields, column: string): MetricValue {
  const value = fields.raw(column);
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return null;
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  if (number === null) fields.problem(column, 'is no number, expected a score');
  return number;
}
