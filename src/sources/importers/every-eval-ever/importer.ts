/** Reads Every Eval Ever: aggregate files and the instance rows that point to them by `evaluation_id`. */

import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { trialCounter } from '../json-access.ts';
import { streamJsonLines } from '../json-stream.ts';
import { type Aggregate, type AggregateResult, readAggregate } from './aggregate.ts';
import { type Instance, instanceOf, instanceResultOf, unmappedOf } from './instance.ts';

export const everyEvalEverImporter: Importer = {
  name: 'every-eval-ever',
  label: 'Every Eval Ever',
  recognises: (file) => isAggregate(file) || isInstances(file),
  read,
  transcripts: {
    expects: (cells) =>
      /^(?:multi_turn|agentic)$/.test(String(cells.get('interaction_type'))) ? 'steps' : 'nothing',
  },
};

function has({ head }: ImportFile, ...keys: readonly string[]): boolean {
  return /^\s*\{/.test(head) && keys.every((key) => new RegExp(`"${key}"\\s*:`).test(head));
}

function isInstances(file: ImportFile): boolean {
  return has(file, 'evaluation_id', 'sample_id', 'interaction_type', 'evaluation');
}

function isAggregate(file: ImportFile): boolean {
  return !isInstances(file) && has(file, 'schema_version', 'evaluation_id') && has(file, 'source_metadata');
}

/** What is known of one run while its rows are read. */
interface Run {
  readonly key: string;
  readonly metric: string;
  readonly aggregate: Aggregate | null;
  readonly result: AggregateResult | null;
  rows: number;
}

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const { log, notebook } = context;
  const aggregates = new Map<string, Aggregate>();
  for (const file of files.filter(isAggregate)) {
    const aggregate = await readAggregate(file, log);
    if (aggregate === null) continue;
    if (aggregates.has(aggregate.evaluationId)) {
      notebook.note(
        `${aggregate.file} describes an evaluation that another file describes too; the first one is used`,
      );
    } else {
      aggregates.set(aggregate.evaluationId, aggregate);
    }
  }
  const runs = new Map<string, Run>();
  const trial = trialCounter();
  for (const file of files.filter((one) => !isAggregate(one))) {
    for await (const { value, line } of streamJsonLines(file, log, { nonFinite: true })) {
      const instance = instanceOf(value, line, file.source.label, log);
      if (instance === null) continue;
      const run = runOf(instance, runs, aggregates, context);
      run.rows += 1;
      for (const field of unmappedOf(instance)) notebook.unmapped(field);
      const listColumns = run.aggregate?.listColumns ?? new Set<string>();
      yield instanceResultOf(instance, { run: run.key, metric: run.metric, line, listColumns, trial });
    }
  }
  for (const aggregate of aggregates.values()) compare(aggregate, [...runs.values()], context);
}

/** The run of a row; a new one is described. */
function runOf(
  { evaluationId, resultId, evaluationName }: Instance,
  runs: Map<string, Run>,
  aggregates: ReadonlyMap<string, Aggregate>,
  { notebook, score }: ImportContext,
): Run {
  const part = resultId ?? evaluationName;
  const key = part === null ? evaluationId : `${evaluationId} ${part}`;
  const known = runs.get(key);
  if (known !== undefined) return known;
  const aggregate = aggregates.get(evaluationId) ?? null;
  const result =
    aggregate?.results.find(({ id }) => resultId !== null && id === resultId) ??
    aggregate?.results.find(({ name }) => name === evaluationName) ??
    null;
  const run: Run = { key, metric: result?.metric ?? 'score', aggregate, result, rows: 0 };
  runs.set(key, run);
  if (evaluationName !== null) notebook.fact(key, 'evaluation', evaluationName);
  if (result?.dataset) notebook.fact(key, 'dataset', result.dataset);
  for (const [name, value] of aggregate?.facts ?? []) notebook.fact(key, name, value);
  notebook.metric(key, run.metric, {
    direction: result?.direction ?? 'unknown',
    primary: score === null || score === run.metric,
  });
  // Our export keeps further metrics of a row in its metadata, and their figures beside the first.
  for (const other of aggregate?.results ?? []) {
    if (result !== null && other.id?.startsWith(`${result.id}/`) === true) {
      notebook.metric(key, other.metric, { direction: other.direction });
    }
  }
  if (aggregate === null) {
    notebook.note(`no aggregate file of ${evaluationId} was given; the direction of its metric is unknown`);
  }
  return run;
}

function compare(aggregate: Aggregate, runs: readonly Run[], { notebook }: ImportContext): void {
  const own = runs.filter((run) => run.aggregate === aggregate);
  const rows = own.reduce((sum, run) => sum + run.rows, 0);
  if (rows === 0) {
    notebook.note(
      `${aggregate.file} has no instance rows here: name its _samples.jsonl, an aggregate alone has no slices`,
    );
  }
  const { totalRows } = aggregate;
  const short =
    totalRows === null || totalRows === rows
      ? null
      : `the aggregate counts ${totalRows} rows, the files have ${rows}`;
  for (const result of aggregate.results) {
    const run = own.find((one) => one.result === result);
    if (result.score === null || run === undefined) continue;
    notebook.ownNumber({
      run: run.key,
      name: result.name,
      value: result.score,
      metric: run.metric,
      reason: short,
    });
  }
}
