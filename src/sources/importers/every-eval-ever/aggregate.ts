/** Reads the aggregate files of Every Eval Ever: which run, which metrics, and the scores that they state. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { Direction, ImportFile } from '../importer.ts';
import { boolean, list, number, path, record, scalarText, text } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';

/** One metric of an aggregate. */
export interface AggregateResult {
  /** `evaluation_result_id`, and the name that older instance rows point to instead. */
  readonly id: string | null;
  readonly name: string;
  readonly metric: string;
  readonly direction: Direction;
  readonly score: number | null;
  readonly dataset: string | null;
}

/** One aggregate file. */
export interface Aggregate {
  readonly file: string;
  readonly evaluationId: string;
  readonly model: string | null;
  readonly results: readonly AggregateResult[];
  /** Instance rows that it counts. */
  readonly totalRows: number | null;
  readonly facts: readonly (readonly [string, string])[];
  /** Columns that held lists before they were written as texts: written by our own export. */
  readonly listColumns: ReadonlySet<string>;
}

const WANTED = [
  'schema_version',
  'evaluation_id',
  'evaluation_timestamp',
  'source_metadata',
  'eval_library',
  'model_info',
  'evaluation_results',
  'detailed_evaluation_results.total_rows',
];

/** Where our export keeps the names of list columns. */
export const LIST_COLUMNS_KEY = 'slicewise_list_columns';

/** The aggregate, or null after its problem went to the log. */
export async function readAggregate(file: ImportFile, log: ProblemLog): Promise<Aggregate | null> {
  const values = new Map<string, unknown>();
  const before = log.count();
  for await (const event of streamJson(file, { elements: [], values: WANTED, nonFinite: true }, log)) {
    values.set(event.path, event.value);
  }
  if (log.count() > before) return null;
  const evaluationId = text(values.get('evaluation_id'));
  const results = list(values.get('evaluation_results'));
  for (const [field, value] of [
    ['evaluation_id', evaluationId],
    ['evaluation_results', results],
  ] as const) {
    if (value !== null) continue;
    log.add({
      message: `"${field}" is missing or of another type, which every aggregate has`,
      where: { file: file.source.label, field },
    });
  }
  if (evaluationId === null || results === null) return null;
  return {
    file: file.source.label,
    evaluationId,
    model: text(path(values.get('model_info'), 'id')),
    results: results.map(resultOf),
    totalRows: number(values.get('detailed_evaluation_results.total_rows')),
    facts: factsOf(values),
    listColumns: new Set(
      listColumnsOf(path(values.get('source_metadata'), `additional_details.${LIST_COLUMNS_KEY}`)),
    ),
  };
}

function resultOf(value: unknown): AggregateResult {
  const name = scalarText(path(value, 'evaluation_name')) ?? 'unnamed';
  const config = record(path(value, 'metric_config'));
  const lower = boolean(config?.lower_is_better);
  return {
    id: text(path(value, 'evaluation_result_id')),
    name,
    metric: text(config?.metric_id) ?? text(config?.metric_name) ?? 'score',
    direction: lower === null ? 'unknown' : lower ? 'lower' : 'higher',
    score: number(path(value, 'score_details.score')),
    dataset: text(path(value, 'source_data.dataset_name')),
  };
}

function factsOf(values: ReadonlyMap<string, unknown>): readonly (readonly [string, string])[] {
  const facts: readonly (readonly [string, unknown])[] = [
    ['model', path(values.get('model_info'), 'id')],
    ['source', path(values.get('source_metadata'), 'source_name')],
    ['organisation', path(values.get('source_metadata'), 'source_organization_name')],
    ['evaluator', path(values.get('source_metadata'), 'evaluator_relationship')],
    ['library', path(values.get('eval_library'), 'name')],
    ['library version', path(values.get('eval_library'), 'version')],
    ['evaluated', values.get('evaluation_timestamp')],
    ['schema', values.get('schema_version')],
  ];
  return facts.flatMap(([name, value]) => {
    const fact = scalarText(value);
    return fact === null || fact === '' ? [] : [[name, fact] as const];
  });
}

function listColumnsOf(value: unknown): readonly string[] {
  try {
    const names: unknown = JSON.parse(text(value) ?? '[]');
    return (list(names) ?? []).flatMap((name) => text(name) ?? []);
  } catch {
    return [];
  }
}
