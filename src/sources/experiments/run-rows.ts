/** Reads runs from tables: one row per run, one row per run and step, or one row per run, step and metric. */

import { type Cell, createProblemLog, foundText, foundTexts, type RowChunk } from '../../cases/index.ts';
import { openRecords, type RecordsRequest } from '../open-records.ts';
import { isMetricName, meaningOfColumns, type RunColumn } from './column-names.ts';
import { metricValue, wholeValue } from './metric-value.ts';
import { createRunDraft, type RunDraft } from './run-draft.ts';
import type { ExperimentRun, RunStatus } from './types.ts';

/** What was understood of the tables. */
export interface RowRuns {
  readonly runs: readonly ExperimentRun[];
  readonly notes: readonly string[];
}

/** A run and the columns of which nobody knows yet whether they are parameters or metrics. */
interface OpenRun {
  readonly draft: RunDraft;
  readonly rows: { readonly step: number; readonly cells: ReadonlyMap<string, string> }[];
  readonly lines: string[];
}

const LONG_NAME = ['metric', 'metric_name', 'key'];
const LONG_VALUE = ['value', 'metric_value'];
const STATUS: Readonly<Record<string, RunStatus>> = {
  finished: 'finished',
  complete: 'finished',
  completed: 'finished',
  failed: 'failed',
  fail: 'failed',
  crashed: 'failed',
  killed: 'killed',
  pruned: 'killed',
  running: 'running',
};

/**
 * Reads CSV, TSV, JSON lines, JSON or Parquet.
 *
 * @param metrics columns without a prefix that are metrics
 * @throws DataError with every problem: unreadable files, a run that occurs twice without steps
 */
export async function readRunRows(
  request: Pick<RecordsRequest, 'files' | 'cwd' | 'stdin'>,
  metrics: readonly string[],
): Promise<RowRuns> {
  const records = await openRecords({ ...request, mapping: {}, from: 'rows' });
  const meaning = meaningOfColumns(records.columns, metrics);
  const long = longColumns(records.columns);
  const hasStep = [...meaning.values()].some(({ kind }) => kind === 'step');
  const hasRun = [...meaning.values()].some(({ kind }) => kind === 'run');
  const open = new Map<string, OpenRun>();
  const log = createProblemLog();
  for await (const chunk of records.rows()) {
    for (let row = 0; row < chunk.lines.length; row += 1) {
      const place = `${chunk.file}:${chunk.lines[row]}`;
      const id = textAt(chunk, row, meaning, 'run') ?? (hasRun ? null : hasStep ? chunk.file : place);
      const where = { file: chunk.file, line: chunk.lines[row]! };
      if (id === null) {
        log.add({ message: 'the row names no run', hint: 'fill the run column', where });
        continue;
      }
      const own = open.get(id) ?? { draft: createRunDraft(id, 'rows', place), rows: [], lines: [] };
      if (open.has(id) && !hasStep && long === null)
        log.add({
          message: `run ${foundText(id)} occurs for the second time`,
          hint: 'add a column step for curves, or give every run an id of its own',
          where,
        });
      open.set(id, own);
      addRow(own, chunk, row, meaning, long);
    }
  }
  log.throwIfAny();
  const guessed = guessUnprefixed([...open.values()], hasStep);
  return {
    runs: [...open.values()].map(({ draft }) => draft.finish()),
    notes: [...records.notes.filter((note) => !/case|column/i.test(note)), ...guessNotes(guessed)],
  };
}

function longColumns(columns: readonly string[]): { readonly name: string; readonly value: string } | null {
  const find = (names: readonly string[]): string | undefined =>
    columns.find((column) => names.includes(column.toLowerCase()));
  const [name, value] = [find(LONG_NAME), find(LONG_VALUE)];
  return name === undefined || value === undefined ? null : { name, value };
}

function addRow(
  { draft, rows }: OpenRun,
  chunk: RowChunk,
  row: number,
  meaning: ReadonlyMap<string, RunColumn>,
  long: ReturnType<typeof longColumns>,
): void {
  const step = metricValue(textAt(chunk, row, meaning, 'step'));
  const unknown = new Map<string, string>();
  for (const [column, cells] of chunk.columns) {
    const text = cellText(cells[row] ?? null);
    const is = meaning.get(column);
    if (text === null || is === undefined || column === long?.name || column === long?.value) continue;
    if (is.kind === 'unprefixed') unknown.set(is.name, text);
    else if (is.kind === 'metric') addMetric(draft, is.name, text, step);
    else addFact(draft, is, text);
  }
  if (long !== null) {
    const name = cellText(chunk.columns.get(long.name)?.[row] ?? null);
    const value = cellText(chunk.columns.get(long.value)?.[row] ?? null);
    if (name !== null && value !== null) addMetric(draft, name, value, step);
  }
  if (unknown.size > 0) rows.push({ step: step ?? 0, cells: unknown });
}

function addFact(draft: RunDraft, is: RunColumn, text: string): void {
  if (is.kind === 'param') draft.params.set(is.name, text);
  else if (is.kind === 'tag') draft.tags.set(is.name, text);
  else if (is.kind === 'artifact') draft.artifacts.push(text);
  else if (is.kind === 'name') draft.name = text;
  else if (is.kind === 'experiment') draft.experiment = text;
  else if (is.kind === 'status') draft.status = STATUS[text.toLowerCase()] ?? 'unknown';
  else if (is.kind === 'started') draft.started ??= timeOf(text);
  else if (is.kind === 'ended') draft.ended = timeOf(text);
}

function addMetric(draft: RunDraft, name: string, text: string, step: number | null): void {
  const value = metricValue(text);
  if (value === null) draft.tags.set(name, text);
  else draft.point(name, value, step ?? 0);
}

/** Which unprefixed columns were taken for what. */
interface Guess {
  readonly metrics: readonly string[];
  readonly params: readonly string[];
}

/** With steps, what changes within a run is measured; without, a name that people give to metrics is one. */
function guessUnprefixed(runs: readonly OpenRun[], hasStep: boolean): Guess {
  const names = new Set(runs.flatMap(({ rows }) => rows.flatMap(({ cells }) => [...cells.keys()])));
  const metrics = [...names].filter((name) => {
    const values = runs.map(({ rows }) => rows.flatMap(({ cells }) => cells.get(name) ?? []));
    if (!values.flat().every((text) => metricValue(text) !== null)) return false;
    return isMetricName(name) || (hasStep && values.some((own) => new Set(own).size > 1));
  });
  for (const { draft, rows } of runs) {
    for (const { step, cells } of rows) {
      for (const [name, text] of cells) {
        if (metrics.includes(name)) draft.point(name, metricValue(text)!, step);
        else draft.params.set(name, text);
      }
    }
  }
  return { metrics, params: [...names].filter((name) => !metrics.includes(name)) };
}

function guessNotes({ metrics, params }: Guess): readonly string[] {
  return metrics.length + params.length === 0
    ? []
    : [
        `columns without a prefix: ${foundTexts(metrics, 12) || 'none'} taken as metrics, ${foundTexts(params, 12) || 'none'} as parameters (--metrics NAME or the prefixes metrics. and params. say it)`,
      ];
}

function textAt(
  chunk: RowChunk,
  row: number,
  meaning: ReadonlyMap<string, RunColumn>,
  kind: RunColumn['kind'],
): string | null {
  for (const [column, is] of meaning) {
    if (is.kind === kind) return cellText(chunk.columns.get(column)?.[row] ?? null);
  }
  return null;
}

function cellText(cell: Cell): string | null {
  return cell === null || typeof cell === 'string' ? cell : cell.join(', ');
}

/** Milliseconds: a whole number as it is (seconds where it is small), or a date with a zone. */
function timeOf(text: string): number | null {
  const whole = wholeValue(text);
  if (whole !== null) return whole < 1e11 ? whole * 1000 : whole;
  const parsed = /^\d{4}-\d\d-\d\d/.test(text)
    ? Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`)
    : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}
