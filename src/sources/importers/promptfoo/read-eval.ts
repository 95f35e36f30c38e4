/** Reads the results of one promptfoo file as rows, and tells the notebook what else the file says. */

import { foundText } from '../../../cases/index.ts';
import type { ImportedResult } from '../imported-result.ts';
import type { ImportContext } from '../importer.ts';
import { number, record, scalarText, text } from '../json-access.ts';
import type { EvalValues } from './eval-file.ts';
import { addToSums, compareHeader, emptySums, type ResultSums } from './own-numbers.ts';
import type { PlannedEval } from './plan-runs.ts';
import { columnOf, type NamedColumn, resultColumn } from './provider-columns.ts';
import { OVERALL, type ReadResult, readResult } from './result-row.ts';

/** What is shared by the files of one import. */
export interface ReadingState {
  readonly trialOf: (run: string, caseId: string) => string;
  /** Ids of results, kept where several files may hold the same ones; else null. */
  readonly resultIds: Set<string> | null;
  readonly metrics: Map<string, Set<string>>;
}

/** Newest version of the file format that was known when this was written. */
const KNOWN_VERSION = 3;

interface Counts {
  rows: number;
  cachedRepeats: number;
  places: number;
  ungraded: number;
  human: number;
}

/** The rows of a file. */
export async function* readEval(
  planned: PlannedEval,
  state: ReadingState,
  context: ImportContext,
): AsyncGenerator<ImportedResult> {
  const { evalFile, columns } = planned;
  const { log, notebook } = context;
  const file = evalFile.file.source.label;
  const primary = context.score ?? OVERALL;
  const sums = new Map<string, ResultSums>();
  const counts: Counts = { rows: 0, cachedRepeats: 0, places: 0, ungraded: 0, human: 0 };
  let values: EvalValues = planned.values;
  noteFacts(planned, values, context);
  const keep = (path: string, found: unknown): void => {
    values = { ...values, [path]: found };
  };
  for await (const { value, line, column: at } of evalFile.results(keep, log)) {
    const place = { file, line, ...(at === undefined ? {} : { column: at }) };
    const fields = record(value) ?? {};
    const column = columnOf(fields, columns) ?? strayColumn(fields, planned);
    const result = readResult(value, place, column, primary, log);
    if (result === null) continue;
    if (isRepeatedId(fields, state.resultIds)) {
      log.add({
        message: `the result ${foundText(String(fields.id))} is given twice`,
        hint: 'name each eval once; exports of one eval as JSON, JSONL and YAML hold the same results',
        where: place,
      });
      return;
    }
    const trial = state.trialOf(column.run, result.row.caseId);
    const own = sums.get(column.key) ?? emptySums();
    sums.set(column.key, own);
    addToSums(own, result);
    countOddities(result, trial, counts);
    for (const name of result.unmapped) notebook.unmapped(name);
    noteMetrics(column.run, result, primary, state, context);
    yield { ...result.row, trial };
  }
  noteFacts(planned, values, context);
  noteCounts(planned, counts, context);
  compareHeader(values, [...columns.values()], sums, notebook);
}

/** A result of a column that the header does not list. */
function strayColumn(fields: Readonly<Record<string, unknown>>, { columns }: PlannedEval): NamedColumn {
  const column = resultColumn(fields);
  const taken = [...columns.values()].some(({ run }) => run === column.provider);
  return {
    ...column,
    promptFingerprint: null,
    run:
      taken || column.provider === ''
        ? `${column.provider} #${number(fields.promptIdx) ?? column.prompt}`
        : column.provider,
  };
}

function isRepeatedId(fields: Readonly<Record<string, unknown>>, ids: Set<string> | null): boolean {
  const id = text(fields.id);
  if (ids === null || id === null) return false;
  if (ids.has(id)) return true;
  ids.add(id);
  return false;
}

function noteFacts({ columns }: PlannedEval, values: EvalValues, { notebook }: ImportContext): void {
  for (const { run, provider, prompt } of columns.values()) {
    const facts: readonly (readonly [string, unknown])[] = [
      ['provider', provider],
      ['prompt', prompt],
      ['eval id', values.evalId],
      ['date', values['results.timestamp']],
      ['description', values['config.description']],
      ['promptfoo', values['metadata.promptfooVersion']],
    ];
    for (const [name, value] of facts) {
      const spelled = scalarText(value);
      if (spelled !== null && spelled !== '') notebook.fact(run, name, spelled);
    }
  }
}

function countOddities(
  { row, outcomes, isCached, isPlaceId, isUngraded }: ReadResult,
  trial: string,
  counts: Counts,
): void {
  counts.rows += 1;
  if (isCached && trial !== '1') counts.cachedRepeats += 1;
  if (isPlaceId) counts.places += 1;
  if (isUngraded && row.status === 'scored') counts.ungraded += 1;
  if (outcomes.some(({ type }) => type === 'human')) counts.human += 1;
}

function noteMetrics(
  run: string,
  { row, outcomes }: ReadResult,
  primary: string,
  { metrics }: ReadingState,
  { notebook }: ImportContext,
): void {
  const known = metrics.get(run) ?? new Set<string>();
  metrics.set(run, known);
  for (const [name, score] of Object.entries(row.scores ?? {})) {
    if (known.has(name) || score === null) continue;
    known.add(name);
    // Assertions score what is right; a named score that no assertion carries is a formula of the user's.
    const isAssertion =
      name === OVERALL || name.startsWith('assert.') || outcomes.some(({ metric }) => metric === name);
    notebook.metric(run, name, { direction: isAssertion ? 'higher' : 'unknown', primary: name === primary });
  }
}

function noteCounts(
  { evalFile, values, isByPlace }: PlannedEval,
  counts: Counts,
  { notebook }: ImportContext,
): void {
  const file = evalFile.file.source.label;
  const { rows, cachedRepeats, places, ungraded, human } = counts;
  const version = number(values['results.version']);
  if (version !== null && version > KNOWN_VERSION) {
    notebook.note(
      `${file}: version ${version} of the file format is newer than ${KNOWN_VERSION} and was read like it`,
    );
  }
  if (rows === 0) notebook.note(`${file}: the eval holds no results, so it is no evidence for anything`);
  if (isByPlace) {
    notebook.note(
      `${file}: providers of the same id are told apart by their order (#1, #2); give them labels in promptfoo to compare them between evals`,
    );
  }
  if (cachedRepeats > 0) {
    notebook.note(
      `${file}: ${cachedRepeats} repeats came from promptfoo's cache, so they are copies and no independent trials (run with --no-cache)`,
    );
  }
  if (places > 0) {
    notebook.note(
      `${file}: ${places} results hold neither variables nor prompt; their test cases are told by place and fit no other eval`,
    );
  }
  if (ungraded > 0)
    notebook.note(`${file}: ${ungraded} results have no assertions; promptfoo passes them with score 1`);
  if (human > 0)
    notebook.note(`${file}: ${human} results were rated by a person in promptfoo; that rating counts`);
}
