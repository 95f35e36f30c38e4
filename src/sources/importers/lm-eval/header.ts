/** Reads the `results_<date>.json` of lm-evaluation-harness: what a run was and the numbers that the harness states. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { Direction, ImportFile } from '../importer.ts';
import { boolean, number, path, record, scalarText } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import { namePartsOf } from './sample-file.ts';

/** A header, with everything that was found and nothing guessed. */
export interface Header {
  readonly file: string;
  readonly dateId: string | null;
  readonly tasks: readonly string[];
  /** By path from the root of the document, such as `results.arc_easy`. */
  at(path: string): unknown;
}

const WANTED = [
  'results',
  'higher_is_better',
  'n-samples',
  'n-shot',
  'versions',
  'task_hashes',
  'config.model',
  'config.model_args',
  'config.limit',
  'model_name',
  'model_name_sanitized',
  'lm_eval_version',
  'git_hash',
  'date',
  'total_evaluation_time_seconds',
  'configs.*.metric_list',
  'configs.*.num_fewshot',
  'group_subtasks',
];

/** The header of one file. What is malformed goes to the log. */
export async function readHeader(file: ImportFile, log: ProblemLog): Promise<Header> {
  const values = new Map<string, unknown>();
  for await (const event of streamJson(file, { elements: [], values: WANTED, nonFinite: true }, log)) {
    values.set(event.path, event.value);
  }
  const label = file.source.label;
  const results = record(values.get('results'));
  if (results === null && log.count() === 0) {
    log.add({
      message: '"results" is missing or no object, expected one entry per task',
      hint: 'name the results_<date>.json that lm-evaluation-harness wrote, as it is',
      where: { file: label, field: 'results' },
    });
  }
  return {
    file: label,
    dateId: namePartsOf(label).dateId,
    tasks: Object.keys(results ?? {}),
    at: (wanted) => found(values, wanted),
  };
}

/** Task names may hold dots, so whole keys are tried before parts of them. */
function found(values: ReadonlyMap<string, unknown>, wanted: string): unknown {
  if (values.has(wanted)) return values.get(wanted);
  const [root = '', ...rest] = wanted.split('.');
  const value = values.get(root);
  const fields = record(value);
  const key = rest.join('.');
  if (fields !== null && Object.hasOwn(fields, key)) return fields[key];
  return path(value, key);
}

/** Which way the per-row numbers of a metric point. */
export function directionOf(header: Header | null, task: string, metric: string): Direction {
  if (header === null) return 'unknown';
  // Rows hold log-likelihoods of these metrics, of which more is better, although less of the aggregate is.
  if (!isMean(header, task, metric) && LIKELIHOODS.test(metric)) return 'higher';
  const higher = boolean(record(header.at(`higher_is_better.${task}`))?.[metric]);
  if (higher === null) return 'unknown';
  return higher ? 'higher' : 'lower';
}

const LIKELIHOODS = /(?:^|_)perplexity$|^bits_per_byte$/;

/** Whether the header's number is the mean of the rows' numbers: what the configuration says, else the name. */
export function isMean(header: Header, task: string, metric: string): boolean {
  const metrics = header.at(`configs.${task}.metric_list`);
  for (const entry of Array.isArray(metrics) ? metrics : []) {
    if (path(entry, 'metric') !== metric) continue;
    const aggregation = path(entry, 'aggregation');
    if (typeof aggregation === 'string') return aggregation === 'mean';
  }
  return !LIKELIHOODS.test(metric);
}

/** Facts of a run, in the order in which they are shown. */
export function factsOf(header: Header, task: string): readonly (readonly [string, string])[] {
  const wanted: readonly (readonly [string, string])[] = [
    ['model', 'model_name'],
    ['model kind', 'config.model'],
    ['model arguments', 'config.model_args'],
    ['harness version', 'lm_eval_version'],
    ['task version', `versions.${task}`],
    ['few-shot examples', `n-shot.${task}`],
    ['task hash', `task_hashes.${task}`],
    ['git', 'git_hash'],
    ['limit', 'config.limit'],
    ['seconds', 'total_evaluation_time_seconds'],
  ];
  return wanted.flatMap(([name, at]) => {
    const value = scalarText(header.at(at));
    return value === null || value === '' ? [] : [[name, value] as const];
  });
}

/** How many samples the header counts for a task; null where it does not say. */
export function headerSamples(header: Header, task: string): number | null {
  return number(path(header.at(`n-samples.${task}`), 'effective'));
}

/** The numbers that the header states for a task and filter: metric, key and value. */
export function headerNumbers(
  header: Header,
  task: string,
  filter: string,
): readonly { readonly metric: string; readonly key: string; readonly value: number }[] {
  return Object.entries(record(header.at(`results.${task}`)) ?? {}).flatMap(([key, value]) => {
    const comma = key.lastIndexOf(',');
    const figure = number(value);
    if (comma < 0 || key.slice(comma + 1) !== filter || figure === null) return [];
    return [{ metric: key.slice(0, comma), key, value: figure }];
  });
}
