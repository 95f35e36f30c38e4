/** Reads JSON lines and JSON arrays as chunks of rows. */

import type { ProblemLog, RowChunk } from '../cases/index.ts';
import { createChunkBuilder } from './chunk-builder.ts';
import { createJsonRowReader } from './json-row.ts';
import { createJsonWalk, type JsonPart } from './json-walk.ts';
import { createLineCutter } from './line-cutter.ts';

/** Rows of a file with one JSON object per line. Blank lines are skipped. */
export async function* readJsonLines(
  blocks: AsyncIterable<string>,
  file: string,
  log: ProblemLog,
): AsyncGenerator<RowChunk> {
  const builder = createChunkBuilder(file);
  const readRow = createJsonRowReader(file, builder, log);
  const ready: RowChunk[] = [];
  const cutter = createLineCutter(file, (text, line) => {
    readRow(text, line);
    if (builder.isFull()) ready.push(builder.take()!);
  });
  for await (const block of blocks) {
    cutter.push(block);
    yield* ready.splice(0);
  }
  cutter.end();
  yield* ready;
  const last = builder.take();
  if (last !== null) yield last;
}

/** Rows of a file that is one JSON array of objects; `lines` are the lines on which the objects start. */
export async function* readJsonArray(
  blocks: AsyncIterable<string>,
  file: string,
  log: ProblemLog,
): AsyncGenerator<RowChunk> {
  const builder = createChunkBuilder(file);
  const readRow = createJsonRowReader(file, builder, log);
  const ready: RowChunk[] = [];
  const onRow = ({ text, line }: JsonPart): void => {
    readRow(text, line);
    if (builder.isFull()) ready.push(builder.take()!);
  };
  const walk = createJsonWalk(file, { elements: [''], values: [] }, log, onRow, {
    element: 'row',
    whole: 'JSON array',
  });
  for await (const block of blocks) {
    const goesOn = walk.push(block);
    yield* ready.splice(0);
    if (!goesOn) return;
  }
  walk.end();
  yield* ready;
  const last = builder.take();
  if (last !== null) yield last;
}
