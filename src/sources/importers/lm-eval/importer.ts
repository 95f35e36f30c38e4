/** Reads results of lm-evaluation-harness: `samples_<task>_<date>.jsonl` with or without `results_<date>.json`. */

import { createProblemLog, foundText } from '../../../cases/index.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { trialCounter } from '../json-access.ts';
import { streamJsonLines } from '../json-stream.ts';
import {
  directionOf,
  factsOf,
  type Header,
  headerNumbers,
  headerSamples,
  isMean,
  readHeader,
} from './header.ts';
import { type SampleRow, sampleRowOf } from './row.ts';
import { addRow, type Primary, primaryOf, type RunMetrics } from './run-metrics.ts';
import { namePartsOf } from './sample-file.ts';

const SAMPLE_KEYS = /"(?:filtered_resps|resps|doc_hash)"\s*:/;
const HEADER_KEYS = /"(?:group_subtasks|n-shot|lm_eval_version|higher_is_better)"\s*:/;

export const lmEvalImporter: Importer = {
  name: 'lm-eval',
  label: 'lm-evaluation-harness',
  recognises: (file) => isSamples(file) || isHeader(file),
  read,
};

function isSamples({ head }: ImportFile): boolean {
  return /^\s*\{/.test(head) && /"doc_id"\s*:/.test(head) && SAMPLE_KEYS.test(head);
}

function isHeader(file: ImportFile): boolean {
  const { head } = file;
  return !isSamples(file) && /^\s*\{/.test(head) && /"results"\s*:/.test(head) && HEADER_KEYS.test(head);
}

/** One samples file: its rows are runs by filter. */
interface Samples {
  readonly file: ImportFile;
  readonly task: string;
  readonly header: Header | null;
  readonly runs: Map<string, RunMetrics & { readonly key: string; primary: Primary | null }>;
}

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const { log, notebook } = context;
  const headers: Header[] = [];
  for (const file of files.filter(isHeader)) headers.push(await readHeader(file, log));
  const samples: Samples[] = [];
  for (const file of files.filter((one) => !isHeader(one))) {
    samples.push(await survey(file, headers, context));
  }
  const trial = trialCounter();
  for (const part of samples) {
    for await (const row of rowsOf(part.file, context.log)) {
      const run = part.runs.get(row.filter);
      if (run !== undefined) yield resultOf(row, part, run, trial);
      for (const field of row.unmapped) notebook.unmapped(field);
    }
    compareWithHeader(part, context);
  }
  for (const header of headers) reportTasksWithoutRows(header, samples, context);
}

async function* rowsOf(file: ImportFile, log: ImportContext['log']): AsyncGenerator<SampleRow> {
  for await (const { value, line } of streamJsonLines(file, log, { nonFinite: true })) {
    const row = sampleRowOf(value, line, file.source.label, log);
    if (row !== null) yield row;
  }
}

/** Reads a samples file once for its runs and what their metrics are; problems are left to the second reading. */
async function survey(
  file: ImportFile,
  headers: readonly Header[],
  context: ImportContext,
): Promise<Samples> {
  const { task, dateId, folder } = namePartsOf(file.source.label);
  const header = headerOf(task, dateId, headers);
  const onlyTask = header?.tasks.length === 1 ? header.tasks[0] : undefined;
  const name = task ?? onlyTask ?? 'unknown task';
  const model = String(
    header?.at('model_name_sanitized') ?? header?.at('model_name') ?? folder ?? 'unknown model',
  );
  const part: Samples = { file, task: name, header, runs: new Map() };
  for await (const row of rowsOf(file, createProblemLog())) {
    const run = part.runs.get(row.filter) ?? {
      key: [
        `${model}:${name}`,
        row.filter === 'none' ? '' : `:${row.filter}`,
        dateId === null ? '' : `@${dateId}`,
      ].join(''),
      rows: 0,
      seen: new Map(),
      primary: null,
    };
    part.runs.set(row.filter, run);
    addRow(run, row);
  }
  for (const [filter, run] of part.runs) {
    run.primary = primaryOf(run, context.score, header, name);
    describe(part, filter, run, model, dateId, context);
  }
  return part;
}

/** The header of the same date; without a date, the only one that knows the task. */
function headerOf(task: string | null, dateId: string | null, headers: readonly Header[]): Header | null {
  const same = headers.find((header) => dateId !== null && header.dateId === dateId);
  if (same !== undefined) return same;
  const fitting = headers.filter(
    (header) => (header.dateId === null || dateId === null) && (task === null || header.tasks.includes(task)),
  );
  return fitting.length === 1 ? fitting[0]! : null;
}

function describe(
  { task, header, runs }: Samples,
  filter: string,
  run: RunMetrics & { readonly key: string; primary: Primary | null },
  model: string,
  dateId: string | null,
  { notebook, score }: ImportContext,
): void {
  for (const [name, value] of [
    ['task', task],
    ['filter', filter],
    ['date', dateId ?? ''],
  ] as const) {
    if (value !== '') notebook.fact(run.key, name, value);
  }
  if (header === null) notebook.fact(run.key, 'model', model);
  for (const [name, value] of header === null ? [] : factsOf(header, task))
    notebook.fact(run.key, name, value);
  for (const [name, { tuples }] of run.seen) {
    const primary = name === run.primary?.name;
    notebook.metric(run.key, name, { direction: directionOf(header, task, name), primary });
    if (tuples > 0) {
      notebook.note(`${name} of ${task} is no single number per row; it is kept as text and not scored`);
    }
  }
  if (run.primary === null) {
    const wanted = score === null ? '' : ` named ${foundText(score)}`;
    notebook.note(`${run.key} has no metric${wanted} with one number per row; its rows are unscored`);
  }
  if (header === null) {
    notebook.note(
      `no results file of the same date was given for ${task}; the direction of its metrics is unknown`,
    );
  }
  if (runs.size > 1 && filter === [...runs.keys()][0]) {
    notebook.note(
      `${task} was scored under ${runs.size} filters (${[...runs.keys()].join(', ')}); each is a run of its own`,
    );
  }
}

function resultOf(
  row: SampleRow,
  { task, header }: Samples,
  { key, primary }: { readonly key: string; readonly primary: Primary | null },
  trial: (run: string, caseId: string) => string,
): ImportedResult {
  const caseId = row.docHash ?? `${task}/${row.docId}`;
  const score = primary === null ? null : (row.metrics.get(primary.name)?.value ?? null);
  const good = primary?.direction === 'lower' ? 0 : 1;
  const model = header?.at('model_name');
  const commit = header?.at('git_hash');
  const scores = [...row.metrics].flatMap(([name, { value }]) => (value === null ? [] : [[name, value]]));
  const tuples = [...row.metrics].flatMap(([name, { value, json }]) =>
    value === null ? [[name, json]] : [],
  );
  return {
    run: key,
    caseId,
    trial: trial(key, caseId),
    status: score === null ? 'unscored' : 'scored',
    passed: primary?.passes === true && score !== null ? score === good : null,
    score,
    scores: Object.fromEntries(scores),
    input: row.input,
    expected: row.expected,
    output: row.output,
    model: typeof model === 'string' ? model : null,
    tags: { ...row.tags, task },
    extra: {
      doc_id: row.docId,
      ...Object.fromEntries(tuples),
      ...(row.choice === null ? {} : { choice: row.choice }),
      ...(row.repeats === 1 ? {} : { repeats: String(row.repeats) }),
    },
    promptFingerprint: row.promptHash,
    codeFingerprint: typeof commit === 'string' ? commit : null,
    line: row.line,
  };
}

/** Puts the header's numbers beside ours, with the reason where they cannot agree. */
function compareWithHeader({ task, header, runs, file }: Samples, { notebook }: ImportContext): void {
  if (header === null) return;
  const samples = headerSamples(header, task);
  for (const [filter, { key, rows, seen }] of runs) {
    const short =
      samples !== null && samples !== rows ? `header counts ${samples} samples, the file has ${rows}` : null;
    if (samples !== null) {
      notebook.ownNumber({ run: key, name: 'samples', value: samples, ours: rows, reason: short });
    }
    for (const { metric, key: name, value } of headerNumbers(header, task, filter)) {
      if (metric.endsWith('_stderr')) {
        notebook.fact(key, name, String(value));
        continue;
      }
      const isComparable = isMean(header, task, metric) && (seen.get(metric)?.numbers ?? 0) > 0;
      notebook.ownNumber({
        run: key,
        name,
        value,
        reason: isComparable ? short : 'not the mean of one number per row',
        ...(isComparable ? { metric } : { ours: null }),
      });
    }
  }
  if (runs.size === 0) notebook.note(`${file.source.label} has no rows`);
}

function reportTasksWithoutRows(
  header: Header,
  samples: readonly Samples[],
  { notebook }: ImportContext,
): void {
  const read = new Set(samples.filter((part) => part.header === header).map(({ task }) => task));
  const missing = header.tasks.filter((task) => !read.has(task));
  if (missing.length > 0) {
    notebook.note(`${header.file} names tasks whose samples were not given: ${missing.join(', ')}`);
  }
}
