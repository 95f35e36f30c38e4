/** Reads exports of Braintrust: experiments and project logs as JSON, JSON lines, API answers or CSV. */

import { createProblemLog, type ProblemLog } from '../../../cases/index.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, Importer, ImportFile } from '../importer.ts';
import { trialCounter } from '../json-access.ts';
import {
  createRowJudge,
  type HeadShape,
  headShape,
  type RowJudge,
  readRecords,
  recordFields,
  type SourceRecord,
  SPAN_TRANSCRIPTS,
  type UnjudgedRow,
} from '../records/index.ts';
import { readSpans, scoresOf } from './spans.ts';

const LISTS = ['events', 'data', 'rows', 'objects'];

/** The reader of Braintrust. Memory: the spans of the traces that are still open, and a number per trace. */
export const braintrustImporter: Importer = {
  name: 'braintrust',
  label: 'Braintrust',
  recognises(file) {
    const shape = headShape(file);
    return isEvent(shape.keys) || isAnswer(shape);
  },
  async *read(files, context) {
    // Braintrust defines every score as 0 to 1, more is better.
    const judge = createRowJudge(context, 'higher');
    for await (const row of rows(files, context, judge)) yield judge.row(row);
  },
  transcripts: SPAN_TRANSCRIPTS,
};

function isEvent(keys: ReadonlySet<string>): boolean {
  const has = (...names: readonly string[]): boolean => names.some((name) => keys.has(name));
  const hasScores = has('scores') || [...keys].some((key) => key.startsWith('scores.'));
  return has('_xact_id')
    ? has('span_id', 'input', 'root_span_id')
    : hasScores && has('root_span_id', 'span_attributes', 'experiment_id', '_pagination_key');
}

function isAnswer({ starts, first }: HeadShape): boolean {
  return LISTS.some((name) => starts.get(name) === '[') && /"(?:_xact_id|root_span_id)"\s*:/.test(first);
}

async function* rows(
  files: readonly ImportFile[],
  { log, notebook }: ImportContext,
  judge: RowJudge,
): AsyncGenerator<UnjudgedRow> {
  const trial = trialCounter();
  const groups = gatherGroups(
    (pass) => (pass === 'count' ? surveyed(files, judge) : records(files, log)),
    ({ fields }) => keyOf(fields),
  );
  for await (const { members } of groups) {
    const seen = new Set<string>();
    const fresh = members.filter(({ fields, file, line }) => {
      const id = String(fields.id ?? fields.span_id ?? `${file}:${line}`);
      if (seen.has(id)) notebook.dropped('row that the files hold twice', `${file}:${line}`);
      return !seen.has(id) && seen.add(id);
    });
    const row = readSpans(
      fresh.map((source) => recordFields(source, log)),
      notebook,
    );
    if (row === null) continue;
    const { run, caseId } = row.result;
    yield run === 'logs' ? row : { ...row, result: { ...row.result, trial: trial(run, caseId) } };
  }
}

/** Spans of one trace share the root; rows without it are whole by themselves. */
function keyOf(fields: Readonly<Record<string, unknown>>): string {
  return String(fields.root_span_id ?? fields.span_id ?? fields.id ?? JSON.stringify(fields));
}

/** The first reading, which learns the metrics. */
async function* surveyed(files: readonly ImportFile[], judge: RowJudge): AsyncGenerator<SourceRecord> {
  const quiet = createProblemLog();
  for await (const source of records(files, quiet)) {
    judge.see(scoresOf(recordFields(source, quiet)));
    yield source;
  }
}

async function* records(files: readonly ImportFile[], log: ProblemLog): AsyncGenerator<SourceRecord> {
  for (const file of files) yield* readRecords(file, { lists: LISTS }, log);
}
