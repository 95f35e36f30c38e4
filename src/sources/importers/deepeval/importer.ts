/** Reads DeepEval test runs: `test_run_*.json`, `.latest_run_full.json` and `.latest_test_run.json`. */

import { createProblemLog } from '../../../cases/index.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { list, number, path, record, scalarText, text, trialCounter } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import { caseResultOf, unmappedOf } from './case.ts';
import { directionOf, metricsOf } from './metrics.ts';

/** `.latest_test_run.json` wraps the run. */
const ROOTS = ['', 'testRunData.'];
const LISTS = ROOTS.flatMap((root) => [`${root}testCases`, `${root}conversationalTestCases`]);
const FACTS: readonly (readonly [name: string, field: string])[] = [
  ['identifier', 'identifier'],
  ['dataset', 'datasetAlias'],
  ['dataset id', 'datasetId'],
  ['tests passed', 'testPassed'],
  ['tests failed', 'testFailed'],
  ['seconds', 'runDuration'],
  ['judge cost (USD)', 'evaluationCost'],
  ['official', 'official'],
];

export const deepevalImporter: Importer = {
  name: 'deepeval',
  label: 'DeepEval',
  recognises: ({ head }) =>
    /^\s*\{/.test(head) &&
    /"(?:testRunData|testCases|conversationalTestCases)"\s*:/.test(head) &&
    /"(?:testRunData|metricsData|metricsScores|conversationalTestCases|actualOutput)"\s*:/.test(head),
  read,
  transcripts: {
    expects: (cells) =>
      cells.get('kind') === 'conversation' || ['tools_called', 'trace_status'].some((name) => cells.has(name))
        ? 'steps'
        : 'nothing',
  },
};

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const trial = trialCounter();
  for (const file of files) yield* readRun(file, context, trial);
}

async function* readRun(
  file: ImportFile,
  context: ImportContext,
  trial: (run: string, caseId: string) => string,
): AsyncGenerator<ImportedResult> {
  const { log, notebook, score } = context;
  // The identifier stands below the cases, so the file is read twice.
  const run = await describeRun(file, context);
  const sums = new Map<string, { count: number; sum: number }>();
  let cases = 0;
  const wanted = { elements: LISTS, values: [], nonFinite: true };
  for await (const { path: at, index, value, line } of streamJson(file, wanted, log)) {
    cases += 1;
    const fields = record(value);
    const isConversation = at.endsWith('conversationalTestCases');
    if (fields === null || (!isConversation && text(fields.input) === null)) {
      log.add({
        message: `element ${index + 1} of "${at}" ${fields === null ? 'is no object' : 'has no "input"'}, expected a test case`,
        where: { file: file.source.label, line, field: `${at}.${index}` },
      });
      continue;
    }
    const result = caseResultOf(fields, isConversation, { run, line, score });
    for (const [name, figure] of Object.entries(result.scores ?? {})) {
      if (typeof figure !== 'number') continue;
      const seen = sums.get(name) ?? { count: 0, sum: 0 };
      sums.set(name, { count: seen.count + 1, sum: seen.sum + figure });
    }
    noteCase(run, fields, isConversation, context);
    yield { ...result, trial: trial(run, result.caseId) };
  }
  if (cases === 0 && log.count() === 0) notebook.note(`${file.source.label} has no test cases`);
  await compareScores(file, run, sums, context);
}

/** What the notebook should know of a case beside its result. */
function noteCase(
  run: string,
  fields: Readonly<Record<string, unknown>>,
  isConversation: boolean,
  { notebook, score }: ImportContext,
): void {
  for (const metric of metricsOf(fields.metricsData)) {
    const direction = directionOf(metric);
    notebook.metric(run, metric.name, {
      ...(direction === 'unknown' ? {} : { direction }),
      ...(metric.name === score ? { primary: true } : {}),
    });
  }
  for (const field of unmappedOf(fields, isConversation)) notebook.unmapped(field);
  if (record(fields.trace) !== null) {
    notebook.note('metrics of spans inside traces are scores of components and are not counted as cases');
  }
}

/** Facts of the run; its key is the identifier, else the name of the file. */
async function describeRun(file: ImportFile, { notebook }: ImportContext): Promise<string> {
  const found = new Map<string, unknown>();
  const values = ROOTS.flatMap((root) => [
    ...FACTS.map(([, field]) => `${root}${field}`),
    `${root}hyperparameters`,
  ]);
  for await (const { path: at, value } of streamJson(
    file,
    { elements: [], values, nonFinite: true },
    createProblemLog(),
  )) {
    found.set(at.replace(/^testRunData\./, ''), value);
  }
  const run = text(found.get('identifier')) ?? file.source.label;
  for (const [name, field] of FACTS) {
    const value = scalarText(found.get(field));
    if (value !== null) notebook.fact(run, name, value);
  }
  for (const [name, value] of Object.entries(record(found.get('hyperparameters')) ?? {})) {
    const cell = scalarText(value);
    if (cell !== null) notebook.fact(run, `hyperparameter ${name}`, cell);
  }
  return run;
}

/** `metricsScores` mixes the scores of cases and of spans, so it may count more than the cases do. */
async function compareScores(
  file: ImportFile,
  run: string,
  sums: ReadonlyMap<string, { readonly count: number; readonly sum: number }>,
  { notebook }: ImportContext,
): Promise<void> {
  const values = ROOTS.map((root) => `${root}metricsScores`);
  for await (const { value } of streamJson(
    file,
    { elements: [], values, nonFinite: true },
    createProblemLog(),
  )) {
    for (const entry of list(value) ?? []) {
      const name = text(path(entry, 'metric'));
      const scores = list(path(entry, 'scores'))?.flatMap((score) => number(score) ?? []) ?? [];
      if (name === null || scores.length === 0) continue;
      const ours = sums.get(name) ?? { count: 0, sum: 0 };
      notebook.ownNumber({
        run,
        name: `${name} (metricsScores)`,
        value: scores.reduce((sum, score) => sum + score, 0) / scores.length,
        ours: ours.count === 0 ? null : ours.sum / ours.count,
        reason:
          scores.length === ours.count
            ? null
            : `it counts ${scores.length} scores, spans inside traces included; the cases have ${ours.count}`,
      });
    }
  }
}
