/** A result as exports see it: what targets have a place for by name, and everything else as named fields. */

import type { Cell, ColumnMapping, ResultChunk, RowStatus } from '../../cases/index.ts';

/** One trial of one case. */
export interface ExportRow {
  readonly caseId: string;
  /** `''` where the run does not number trials. */
  readonly trial: string;
  readonly status: RowStatus;
  readonly passed: boolean | null;
  readonly score: number | null;
  readonly error: string | null;
  readonly input: string | null;
  readonly expected: string | null;
  readonly output: string | null;
  /** Null too where the unit of the column is not known. */
  readonly latencyMs: number | null;
  readonly costUsd: number | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly totalTokens: number | null;
  readonly model: string | null;
  readonly cluster: string | null;
  readonly timestamp: string | null;
  readonly judgeFingerprint: string | null;
  readonly datasetFingerprint: string | null;
  readonly promptFingerprint: string | null;
  readonly codeFingerprint: string | null;
  /** Further metrics, by name. */
  readonly scores: ReadonlyMap<string, number | boolean>;
  /** All other columns: tags under their own name, and whatever else the run has. */
  readonly fields: ReadonlyMap<string, Cell>;
}

const SCORES = 'scores.';
const TAGS = 'tags.';

/** Columns of ours that mean the same in every run. */
const NAMED = ['input_tokens', 'output_tokens', 'total_tokens', 'model'] as const;

/**
 * The rows of a chunk.
 *
 * @param mapping complete, as opening a run gives it
 * @param without columns that say nothing of a result, such as the name of the run
 */
export function* exportRowsOf(
  chunk: ResultChunk,
  mapping: ColumnMapping,
  without: ReadonlySet<string>,
): Generator<ExportRow> {
  const { attributes } = chunk;
  const latency = latencyOf(mapping.latency);
  const consumed = consumedColumns(mapping, latency !== null);
  const others = [...attributes.keys()].filter(
    (name) => !consumed.has(name) && !without.has(name) && !isErrorPart(name, mapping),
  );
  const names = fieldNames(others);
  for (let row = 0; row < chunk.lines.length; row += 1) {
    const cell = (column: string | undefined): Cell =>
      column === undefined ? null : (attributes.get(column)?.[row] ?? null);
    const text = (column: string | undefined): string | null => textOf(cell(column));
    const number = (column: string | undefined): number | null => numberOf(cell(column));
    const status = chunk.status[row]!;
    const scores = new Map<string, number | boolean>();
    const fields = new Map<string, Cell>();
    for (const column of others) {
      const value = cell(column);
      const figure = column.startsWith(SCORES) ? figureOf(value) : null;
      if (figure !== null) scores.set(column.slice(SCORES.length), figure);
      else if (value !== null) fields.set(names.get(column)!, value);
    }
    const passed = chunk.passed[row] ?? null;
    const elapsed = number(mapping.latency);
    yield {
      caseId: chunk.caseId[row]!,
      trial: chunk.trial[row]!,
      status,
      passed: passed === null ? null : passed === 1,
      score: status === 'scored' ? number(mapping.score) : null,
      error: status === 'error' ? errorOf(attributes, mapping, row) : null,
      input: text(mapping.input),
      expected: text(mapping.expected),
      output: text(mapping.output),
      latencyMs: latency === null || elapsed === null ? null : elapsed * latency,
      costUsd: number(mapping.cost),
      inputTokens: number('input_tokens'),
      outputTokens: number('output_tokens'),
      totalTokens: number('total_tokens'),
      model: text('model'),
      cluster: text(mapping.cluster),
      timestamp: text(mapping.timestamp),
      judgeFingerprint: text(mapping.judgeFingerprint),
      datasetFingerprint: text(mapping.datasetFingerprint),
      promptFingerprint: text(mapping.promptFingerprint),
      codeFingerprint: text(mapping.codeFingerprint),
      scores,
      fields,
    };
  }
}

/** Columns that have a place of their own in an `ExportRow`. */
function consumedColumns(mapping: ColumnMapping, hasLatency: boolean): ReadonlySet<string> {
  const {
    segment: _segment,
    predicted: _predicted,
    probabilities: _probabilities,
    weight: _weight,
    ...placed
  } = mapping;
  const { latency, ...others } = placed;
  return new Set([
    ...Object.values(others),
    ...NAMED,
    ...(hasLatency && latency !== undefined ? [latency] : []),
  ]);
}

function isErrorPart(name: string, { error }: ColumnMapping): boolean {
  return error !== undefined && name.startsWith(`${error}.`);
}

/** Tags lose their prefix unless another column has that name. */
function fieldNames(columns: readonly string[]): ReadonlyMap<string, string> {
  const all = new Set(columns);
  return new Map(
    columns.map((column) => {
      const short = column.startsWith(TAGS) ? column.slice(TAGS.length) : column;
      return [column, short !== '' && (short === column || !all.has(short)) ? short : column];
    }),
  );
}

/** Milliseconds in the unit that the name of a latency column ends with; null where it names none. */
function latencyOf(column: string | undefined): number | null {
  if (column === undefined) return null;
  if (/(?:_|\.|\b)(?:ms|millis|milliseconds)$/i.test(column) || /Ms$/.test(column)) return 1;
  return /(?:_|\.)(?:s|sec|secs|seconds)$/i.test(column) ? 1000 : null;
}

function errorOf(
  attributes: ReadonlyMap<string, readonly Cell[]>,
  { error }: ColumnMapping,
  row: number,
): string {
  for (const [name, cells] of attributes) {
    if (name !== error && !isErrorPart(name, { error } as ColumnMapping)) continue;
    const text = textOf(cells[row] ?? null);
    if (text !== null && text !== '') return text;
  }
  return 'error';
}

/** A list of one tag is the tag, others are JSON. */
export function textOf(cell: Cell): string | null {
  if (cell === null || typeof cell === 'string') return cell;
  return cell.length === 1 ? cell[0]! : JSON.stringify(cell);
}

function figureOf(cell: Cell): number | boolean | null {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  return numberOf(cell);
}

function numberOf(cell: Cell): number | null {
  if (typeof cell !== 'string' || cell.trim() === '') return null;
  const value = Number(cell);
  return Number.isFinite(value) ? value : null;
}
