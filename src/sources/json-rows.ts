/** Reads JSON lines and JSON arrays as chunks of rows. */

import type { ProblemLog, RowChunk } from '../cases/index.ts';
import { createChunkBuilder } from './chunk-builder.ts';
import { createElementSplitter } from './json-elements.ts';
import { createJsonRowReader } from './json-row.ts';
import { checkRecordLength } from './record-length.ts';

/** Rows of a file with one JSON object per line. Blank lines are skipped. */
export async function* readJsonLines(
  blocks: AsyncIterable<string>,
  file: string,
  log: ProblemLog,
): AsyncGenerator<RowChunk> {
  const builder = createChunkBuilder(file);
  const readRow = createJsonRowReader(file, builder, log);
  let rest = '';
  let line = 0;
  const readLine = (text: string): void => {
    line += 1;
    if (/\S/.test(text)) readRow(text.endsWith('\r') ? text.slice(0, -1) : text, line);
  };
  for await (const block of blocks) {
    let from = 0;
    for (let end = block.indexOf('\n'); end >= 0; end = block.indexOf('\n', from)) {
      readLine(rest + block.slice(from, end));
      rest = '';
      from = end + 1;
      if (builder.isFull()) yield builder.take()!;
    }
    rest += block.slice(from);
    checkRecordLength(rest.length, file, line + 1);
  }
  readLine(rest);
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
  const splitter = createElementSplitter(file, log, (text, line) => {
    readRow(text, line);
    if (builder.isFull()) ready.push(builder.take()!);
  });
  for await (const block of blocks) {
    splitter.push(block);
    yield* ready.splice(0);
  }
  splitter.end();
  yield* ready;
  const last = builder.take();
  if (last !== null) yield last;
}
