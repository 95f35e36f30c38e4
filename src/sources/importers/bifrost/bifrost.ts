/** Reads request logs of the Bifrost gateway: API answers, JSON lists and lines, and rows of its database. */

import { createProblemLog, type ProblemLog } from '../../../cases/index.ts';
import { gatherGroups } from '../gather-groups.ts';
import type { ImportContext, ImportedResult, Importer, ImportFile } from '../importer.ts';
import { record, trialCounter } from '../json-access.ts';
import { streamJson } from '../json-stream.ts';
import { headShape, numberOf, readRecords, recordFields, type SourceRecord } from '../records/index.ts';
import { type Chain, chainsOf } from './chains.ts';
import { readLog } from './log-row.ts';

const LISTS = ['logs', 'data', 'rows'];

/**
 * The reader of Bifrost. Memory: the attempts of the requests that are still open, a number per request and per case, and the
 * ids of all rows, to find rows that two exports share.
 */
export const bifrostImporter: Importer = {
  name: 'bifrost',
  label: 'Bifrost',
  recognises(file) {
    const { keys, starts, first } = headShape(file);
    const isLog = ['fallback_index', 'virtual_key_id', 'number_of_retries', 'selected_key_id'].some((key) =>
      keys.has(key),
    );
    if (isLog && keys.has('provider') && keys.has('model')) return true;
    return (
      LISTS.some((name) => starts.get(name) === '[') &&
      /"(?:fallback_index|virtual_key_id|selected_key_id)"\s*:/.test(first)
    );
  },
  async *read(files, context) {
    const trial = trialCounter();
    const groups = gatherGroups(
      (pass) => logs(files, pass === 'count' ? createProblemLog() : context.log),
      ({ fields }) => groupKey(fields),
    );
    const seen = new Set<string>();
    let rows = 0;
    for await (const { key, members } of groups) {
      rows += members.length;
      const fresh = members.filter((source) => isUsable(source, seen, context));
      const chains = chainsOf(fresh.map((source) => recordFields(source, context.log)));
      const session = chains.length > 1 ? key : null;
      for (const chain of chains) {
        if (isUnfinished(chain, context)) continue;
        const result = readLog(chain, session, context.notebook);
        yield { ...result, trial: trial(result.run, result.caseId) } satisfies ImportedResult;
      }
    }
    for (const file of files) await compareCount(file, rows, files.length, context);
  },
};

/** A fallback names the first attempt as its parent. */
function groupKey(fields: Readonly<Record<string, unknown>>): string {
  return String(fields.parent_request_id || fields.id);
}

async function* logs(files: readonly ImportFile[], log: ProblemLog): AsyncGenerator<SourceRecord> {
  for (const file of files) yield* readRecords(file, { lists: LISTS }, log);
}

function isUsable(source: SourceRecord, seen: Set<string>, { log, notebook }: ImportContext): boolean {
  const { id } = source.fields;
  if (typeof id !== 'string' || id === '') {
    recordFields(source, log).problem('id', 'is missing, expected the id of the request');
    return false;
  }
  if (seen.has(id)) {
    notebook.dropped('row that the files hold twice', `${source.file}:${source.line}`);
    return false;
  }
  seen.add(id);
  return true;
}

/** The request has no outcome while its last attempt runs. */
function isUnfinished({ final, others }: Chain, { notebook }: ImportContext): boolean {
  if (final.text('status') !== 'processing') return false;
  const { file, line } = final.record;
  notebook.dropped('request that is unfinished (status processing)', `${file}:${line}`, 1 + others.length);
  return true;
}

/** An answer of the API is one page; it says how many rows there are in all. */
async function compareCount(
  file: ImportFile,
  rows: number,
  files: number,
  { notebook }: ImportContext,
): Promise<void> {
  if (!headShape(file).keys.has('logs')) return;
  for await (const { value } of streamJson(
    file,
    { elements: [], values: ['pagination'] },
    createProblemLog(),
  )) {
    const total = numberOf(record(value)?.total_count);
    if (total !== null && files === 1 && total !== rows) {
      notebook.note(`${file.source.label} is one page of an answer: it holds ${rows} of ${total} logs.`);
    }
  }
}
