/** Opens rows that a program holds in memory: objects that are read exactly as the same objects in a file of JSON lines. */

import { type ColumnMapping, createProblemLog, type ProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { openParts } from './open-parts.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';
import type { RunSide } from './run-choice.ts';

/** Which rows to open. */
export interface RowsRequest {
  /** Objects with the columns as keys; nested ones become dotted names. They must not change while they are read. */
  readonly rows: readonly object[];
  /** What messages and reports call them. */
  readonly label: string;
  /** Text of the run column that selects this run; null takes every row. */
  readonly run: string | null;
  /** As in `RunRequest`. */
  readonly mapping: ColumnMapping;
  readonly passWords?: RunRequest['passWords'];
  readonly cases?: RunRequest['cases'];
  readonly side?: RunSide;
  readonly holdsBoth?: boolean;
}

/** Characters of text handed on at once. */
const BLOCK_CHARACTERS = 1 << 20;

/**
 * Opens rows as `openRun` opens files; lines of messages are rows, counted from 1.
 *
 * @throws DataError with every problem: no rows, rows that are no objects, values that JSON cannot hold, and as `openRun`
 * @example (await openRows({ rows: [{ id: 'a', passed: true }], label: 'rows', run: null, mapping: {} })).mapping.caseId // 'id'
 */
export async function openRows({ rows, label, ...request }: RowsRequest): Promise<OpenedRun> {
  const log = createProblemLog();
  const size = checkRows(rows, label, log);
  log.throwIfAny();
  const source = { label, path: null, size, open: () => blocksOf(rows) };
  const format = { kind: 'rows', format: { name: 'jsonl' }, compression: 'none' } as const;
  return openParts([{ source, format }], request, []);
}

/** Their size as text. */
function checkRows(rows: readonly object[], label: string, log: ProblemLog): number {
  if (rows.length === 0) {
    throw new DataError({ message: 'there are no rows, expected at least one', where: { file: label } });
  }
  let size = 0;
  rows.forEach((row, index) => {
    try {
      size += lineOf(row).length;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      const where = { file: label, line: index + 1 };
      // A circle is drawn over several lines; the first says what it is.
      const [message = ''] = error.message.split('\n');
      log.add({ message, hint: 'use null for what is missing', where });
    }
  });
  return size;
}

/** @throws TypeError where JSON would drop or change what the row holds */
function lineOf(row: object): string {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) {
    throw new TypeError(`the row is ${nameOf(row)}, expected an object`);
  }
  return `${JSON.stringify(row, (key, value: unknown) => {
    const unfit =
      (typeof value === 'number' && !Number.isFinite(value)) ||
      ['bigint', 'function', 'symbol'].includes(typeof value) ||
      ArrayBuffer.isView(value) ||
      value instanceof Map ||
      value instanceof Set;
    if (unfit) throw new TypeError(`${JSON.stringify(key)} is ${nameOf(value)}, which JSON cannot hold`);
    return value;
  })}\n`;
}

function nameOf(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? `a ${value.constructor.name}` : `a ${typeof value}`;
}

async function* blocksOf(rows: readonly object[]): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const row of rows) {
    text += lineOf(row);
    if (text.length < BLOCK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}
