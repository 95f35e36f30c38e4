/** Reads the JSON that `evalite --outputPath` writes; no case has an id, so a case is what was asked and expected. */

import { createProblemLog } from '../../../cases/index.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { number, path, record, scalarText, text, trialCounter } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import { evaliteResultOf } from './result.ts';

/** Newer files say suites and evals, older ones evals and results. */
const LISTS = ['suites.*.evals', 'evals.*.results'];
const SUITE_FACTS = [
  'name',
  'filepath',
  'status',
  'variantName',
  'variantGroup',
  'createdAt',
  'averageScore',
];

export const evaliteImporter: Importer = {
  name: 'evalite',
  label: 'evalite',
  recognises: ({ head }) =>
    /^\s*\{/.test(head) &&
    /"run"\s*:\s*\{/.test(head) &&
    /"runType"\s*:/.test(head) &&
    /"(?:suites|evals)"\s*:\s*\[/.test(head),
  read,
  transcripts: { expects: (cells) => (cells.has('traces') ? 'steps' : 'nothing') },
};

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  const trial = trialCounter();
  for (const file of files) yield* readExport(file, context, trial);
}

async function* readExport(
  file: ImportFile,
  context: ImportContext,
  trial: (run: string, caseId: string) => string,
): AsyncGenerator<ImportedResult> {
  const { log, notebook, score } = context;
  const suites = await describeSuites(file, context);
  const means = new Map<string, { count: number; sum: number }>();
  for await (const { path: at, index, value, line } of streamJson(
    file,
    { elements: LISTS, values: [] },
    log,
  )) {
    const fields = record(value);
    if (fields === null || (fields.input === undefined && fields.output === undefined)) {
      log.add({
        message: `element ${index + 1} of "${at}" is no result, expected an object with "input" and "output"`,
        where: { file: file.source.label, line, field: `${at}.${index}` },
      });
      continue;
    }
    const suite = at.split('.').slice(0, 2).join('.');
    const run = suites.get(suite)?.run ?? suite;
    const result = evaliteResultOf(fields, { run, line, score });
    for (const [name, figure] of Object.entries(result.scores ?? {})) {
      notebook.metric(run, name, { direction: 'higher', primary: name === score });
      if (typeof figure !== 'number') continue;
      const seen = means.get(run) ?? { count: 0, sum: 0 };
      means.set(run, { count: seen.count + 1, sum: seen.sum + figure });
    }
    yield { ...result, trial: trial(run, result.caseId) };
  }
  for (const { run, average } of suites.values()) {
    const ours = means.get(run);
    if (average === null) continue;
    notebook.ownNumber({
      run,
      name: 'averageScore',
      value: average,
      ours: ours === undefined ? null : ours.sum / ours.count,
      reason: ours === undefined ? 'no row has a score; the tool writes 0 then' : null,
    });
  }
}

interface Suite {
  readonly run: string;
  /** Over all scores of the suite together. */
  readonly average: number | null;
}

/** Every suite is a run, by its place in the file. */
async function describeSuites(
  file: ImportFile,
  { notebook }: ImportContext,
): Promise<ReadonlyMap<string, Suite>> {
  const values = [
    'run',
    ...['suites', 'evals'].flatMap((list) => SUITE_FACTS.map((fact) => `${list}.*.${fact}`)),
  ];
  const found = new Map<string, unknown>();
  const wanted = { elements: [], values };
  for await (const { path: at, value } of streamJson(file, wanted, createProblemLog())) found.set(at, value);
  const id = scalarText(path(found.get('run'), 'id'));
  const places = new Set(
    [...found.keys()].filter((at) => at !== 'run').map((at) => at.split('.').slice(0, 2).join('.')),
  );
  const suites = new Map<string, Suite>();
  for (const place of places) {
    const fact = (name: string): string | null => scalarText(found.get(`${place}.${name}`));
    const variant = text(found.get(`${place}.variantName`));
    const name = [fact('name') ?? place, variant].filter((part) => part !== null && part !== '').join(':');
    const run = id === null ? name : `${name}@${id}`;
    suites.set(place, { run, average: number(found.get(`${place}.averageScore`)) });
    for (const known of SUITE_FACTS.slice(1, -1)) {
      const value = fact(known);
      if (value !== null) notebook.fact(run, known, value);
    }
    const kind = text(path(found.get('run'), 'runType'));
    if (kind !== null) notebook.fact(run, 'run type', kind);
    if (kind === 'partial') notebook.note(`${run} is a partial run`);
  }
  return suites;
}
