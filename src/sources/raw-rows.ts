/** Reads the rows of JSON files as the text that stands there, so that they can be copied without a loss. */

import type { ProblemLog } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { readable } from './byte-source.ts';
import { createJsonWalk } from './json-walk.ts';
import { createLineCutter } from './line-cutter.ts';
import type { RowFile } from './read-rows.ts';
import { textBlocks } from './text-blocks.ts';

/** One row. */
export interface RawRow {
  readonly file: string;
  /** Line on which it starts, from 1. */
  readonly line: number;
  /** A JSON object, with the blanks and line breaks that it has in the file. */
  readonly text: string;
}

/** The rows of JSON lines and JSON arrays in file order, unchecked but for where each ends: `readRows` checks them. */
export async function* readRawRows(files: readonly RowFile[], log: ProblemLog): AsyncGenerator<RawRow> {
  for (const file of files) {
    try {
      yield* rawRows(file, log);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      for (const problem of error.problems) log.add(problem);
    }
  }
}

async function* rawRows({ source, format, compression }: RowFile, log: ProblemLog): AsyncGenerator<RawRow> {
  const ready: RawRow[] = [];
  const { label } = source;
  const onRow = (text: string, line: number): void => void ready.push({ file: label, line, text });
  const walk =
    format.name === 'json'
      ? createJsonWalk(label, { elements: [''], values: [] }, log, ({ text, line }) => onRow(text, line))
      : null;
  const cutter = createLineCutter(label, onRow);
  for await (const block of textBlocks(readable(source, compression), label)) {
    if (walk === null) cutter.push(block);
    const goesOn = walk === null || walk.push(block);
    yield* ready.splice(0);
    if (!goesOn) return;
  }
  if (walk === null) cutter.end();
  else walk.end();
  yield* ready;
}
