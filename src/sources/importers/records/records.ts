/** Reads records out of the four ways in which tools export them: JSON array, JSON lines, a list inside an object, CSV. */

import type { Cell, ProblemLog } from '../../../cases/index.ts';
import { DataError } from '../../../errors.ts';
import { readable } from '../../byte-source.ts';
import { readDelimited } from '../../delimited.ts';
import { headerDelimiter } from '../../delimiter.ts';
import { textBlocks } from '../../text-blocks.ts';
import type { ImportFile } from '../importer.ts';
import { type JsonEvent, streamJson, streamJsonLines } from '../json-stream.ts';
import { type HeadShape, headShape } from './head-shape.ts';

/** One object of a file. */
export interface SourceRecord {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** Column in which it starts, from 1; absent in JSON lines and CSV. */
  readonly column?: number;
  /** CSV has only texts: numbers, lists and objects are spelled in them, and empty is missing. */
  readonly isText: boolean;
}

/** How to read. */
export interface RecordsOptions {
  /** Keys whose list holds the records where the file is one object, such as `data` of an API answer. */
  readonly lists: readonly string[];
  /** Takes bare NaN and Infinity, as Python writes them. */
  readonly nonFinite?: boolean;
}

/**
 * The records of a file, one by one. What is no object, and whatever is malformed, goes to the log with its line.
 *
 * @example for await (const { fields, line } of readRecords(file, { lists: ['data'] }, log)) { ... }
 */
export async function* readRecords(
  file: ImportFile,
  options: RecordsOptions,
  log: ProblemLog,
): AsyncGenerator<SourceRecord> {
  const shape = headShape(file);
  const label = file.source.label;
  if (shape.kind === 'csv') {
    yield* readCsv(file, log);
    return;
  }
  for await (const { value, ...place } of values(file, shape, options, log)) {
    if (isRecord(value)) {
      yield { fields: value, file: label, ...place, isText: false };
    } else {
      log.add({
        message: `a record is ${nameOf(value)}, expected an object`,
        hint: 'export the file again',
        where: { file: label, ...place },
      });
    }
  }
}

async function* values(
  file: ImportFile,
  shape: HeadShape,
  { lists, nonFinite = false }: RecordsOptions,
  log: ProblemLog,
): AsyncGenerator<Pick<SourceRecord, 'line' | 'column'> & { readonly value: unknown }> {
  if (shape.kind === 'array') {
    yield* placed(streamJson(file, { elements: [''], values: [], nonFinite }, log));
    return;
  }
  const list = lists.find((name) => shape.starts.get(name) === '[');
  if (list !== undefined && !hasMoreLines(file, shape)) {
    yield* placed(streamJson(file, { elements: [list], values: [], nonFinite }, log));
  } else if (shape.kind === 'object') {
    yield* placed(streamJson(file, { elements: [], values: [''], nonFinite }, log));
  } else {
    yield* streamJsonLines(file, log, { nonFinite });
  }
}

async function* placed(
  events: AsyncIterable<JsonEvent>,
): AsyncGenerator<{ value: unknown; line: number; column: number }> {
  for await (const { value, line, column } of events) yield { value, line, column };
}

/** Whether another object stands on a line below the first: then a key with a list is a field of a row. */
function hasMoreLines({ head }: ImportFile, { first }: HeadShape): boolean {
  const after = head.slice(head.indexOf(first) + first.length);
  return /^\s*\n\s*\{/.test(after);
}

async function* readCsv(file: ImportFile, log: ProblemLog): AsyncGenerator<SourceRecord> {
  const { source, compression, head } = file;
  const blocks = textBlocks(readable(source, compression), source.label);
  const chunks = readDelimited(blocks, source.label, headerDelimiter(head), log);
  try {
    for await (const { columns, lines } of chunks) {
      const names = [...columns.keys()];
      for (let row = 0; row < lines.length; row += 1) {
        const fields: Record<string, Cell> = Object.create(null) as Record<string, Cell>;
        for (const name of names) {
          const cell = columns.get(name)![row] ?? null;
          if (cell !== null) fields[name] = cell;
        }
        yield { fields, file: source.label, line: lines[row]!, isText: true };
      }
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const problem of error.problems) log.add(problem);
  }
}

/** Whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What messages call a value. */
export function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
