/** Reads records of OpenAI evals (`oaieval --record_path`): JSON lines of events, brought together by sample. */

import { createProblemLog } from '../../../cases/index.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { contentText, list, number, record, scalarText, text } from '../json-access.ts';
import { type RecordLine, readRecordLines, type SampleEvent } from './events.ts';
import { resultsOf } from './sample.ts';

const FACTS: readonly (readonly [name: string, field: string])[] = [
  ['eval', 'eval_name'],
  ['base eval', 'base_eval'],
  ['split', 'split'],
  ['run id', 'run_id'],
  ['created by', 'created_by'],
  ['created at', 'created_at'],
];

export const openaiEvalsImporter: Importer = {
  name: 'openai-evals',
  label: 'OpenAI evals',
  recognises: ({ head }) =>
    /^\s*\{\s*"spec"\s*:\s*\{/.test(head)
      ? /"(?:completion_fns|eval_name|base_eval)"\s*:/.test(head)
      : /^\s*\{/.test(head) &&
        ['run_id', 'event_id', 'sample_id', 'type', 'data'].every((key) => head.includes(`"${key}"`)),
  read,
  transcripts: { expects: (cells) => (cells.has('sampling_events') ? 'steps' : 'nothing') },
};

async function* read(files: readonly ImportFile[], context: ImportContext): AsyncGenerator<ImportedResult> {
  for (const file of files) yield* readRecord(file, context);
}

/**
 * Samples are handed on when their last event was read; only samples that are still open are in memory. The first reading, which
 * counts events, also finds the specification and the report, wherever they are.
 */
async function* readRecord(file: ImportFile, context: ImportContext): AsyncGenerator<ImportedResult> {
  const { log, notebook, score } = context;
  const found: Found = { spec: null, reports: [] };
  const groups = gatherGroups<SampleEvent>(
    (pass) =>
      pass === 'count'
        ? eventsOf(readRecordLines(file, createProblemLog()), found)
        : eventsOf(readRecordLines(file, log), null),
    ({ sample }) => sample,
  );
  const matches = { count: 0, correct: 0 };
  let about: RunDescription | null = null;
  for await (const { key, members } of groups) {
    about ??= describeRun(file, found, context);
    const { run, model } = about;
    const { results, unmapped, isChoiceOfSampling } = resultsOf(run, key, members, { wanted: score, model });
    for (const type of unmapped) notebook.unmapped(`event ${type}`);
    if (isChoiceOfSampling) {
      notebook.note('samples with several sampling events: the first answer is taken as the output');
    }
    for (const result of results) {
      const { match } = result.scores ?? {};
      if (typeof match === 'boolean') {
        matches.count += 1;
        matches.correct += Number(match);
      }
      yield result;
    }
  }
  const { run } = about ?? describeRun(file, found, context);
  notebook.metric(run, 'match', { direction: 'higher', primary: score === null || score === 'match' });
  compareReports(run, found.reports, matches, context);
}

/** What a record says beside its events. */
interface Found {
  spec: Readonly<Record<string, unknown>> | null;
  readonly reports: unknown[];
}

async function* eventsOf(lines: AsyncIterable<RecordLine>, found: Found | null): AsyncGenerator<SampleEvent> {
  for await (const line of lines) {
    if (line.kind === 'event') yield line;
    else if (line.kind === 'report') found?.reports.push(line.report);
    else if (found !== null) found.spec ??= line.spec;
  }
}

interface RunDescription {
  readonly run: string;
  readonly model: string | null;
}

/** The key of the run; its facts go to the notebook. */
function describeRun(
  file: ImportFile,
  { spec, reports }: Found,
  { notebook }: ImportContext,
): RunDescription {
  const model =
    list(spec?.completion_fns)
      ?.map((name) => contentText(name))
      .join(', ') ?? text(spec?.model_name);
  const name = [spec?.eval_name ?? spec?.base_eval, model]
    .flatMap((part) => scalarText(part) ?? [])
    .join(':');
  const id = scalarText(spec?.run_id);
  const run = `${name === '' ? file.source.label : name}${id === null ? '' : `@${id}`}`;
  if (model !== null) notebook.fact(run, 'model', model);
  for (const [fact, field] of FACTS) {
    const value = scalarText(spec?.[field]);
    if (value !== null && value !== '') notebook.fact(run, fact, value);
  }
  if (spec === null) notebook.note(`${file.source.label} has no "spec" line; eval and model are unknown`);
  if (reports.length === 0)
    notebook.note(`${file.source.label} has no "final_report": the eval may not have ended`);
  return { run, model };
}

/** The tool's accuracy is the share of matches that are correct, over all matches together. */
function compareReports(
  run: string,
  reports: readonly unknown[],
  matches: { readonly count: number; readonly correct: number },
  { notebook }: ImportContext,
): void {
  for (const report of reports) {
    for (const [name, value] of Object.entries(record(report) ?? {})) {
      const figure = number(value);
      if (figure === null) continue;
      const isAccuracy = name === 'accuracy' && matches.count > 0;
      const ours = isAccuracy ? matches.correct / matches.count : null;
      notebook.ownNumber({
        run,
        name: `final_report ${name}`,
        value: figure,
        ours,
        reason: isAccuracy
          ? ours === figure
            ? null
            : `it is not the share of correct among the ${matches.count} matches of this file`
          : 'the record does not say how it is computed',
      });
    }
  }
}
