/** Reads the rows of one file in whatever format it has. */

import type { ProblemLog, RowChunk } from '../cases/index.ts';
import { DataError } from '../errors.ts';
import { type ByteSource, type Compression, readable } from './byte-source.ts';
import { readDelimited } from './delimited.ts';
import type { RowFormat } from './format.ts';
import { readJsonArray, readJsonLines } from './json-rows.ts';
import { textBlocks } from './text-blocks.ts';

/** A file whose format is known. */
export interface RowFile {
  readonly source: ByteSource;
  readonly format: RowFormat;
  readonly compression: Compression;
}

type Reader = (
  blocks: AsyncIterable<string>,
  file: string,
  log: ProblemLog,
  format: RowFormat,
) => AsyncGenerator<RowChunk>;

const READERS: Readonly<Record<RowFormat['name'], Reader>> = {
  jsonl: readJsonLines,
  json: readJsonArray,
  csv: readWithDelimiter,
  tsv: readWithDelimiter,
};

/**
 * The rows of a file in chunks of at most 10,000. Problems go to the log and reading goes on with the next row, or, where
 * the rest makes no sense (bytes that are no text, a quote that is never closed), ends.
 */
export async function* readRows(file: RowFile, log: ProblemLog): AsyncGenerator<RowChunk> {
  const { source, format, compression } = file;
  const blocks = textBlocks(readable(source, compression), source.label);
  try {
    yield* READERS[format.name](blocks, source.label, log, format);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const problem of error.problems) log.add(problem);
  }
}

function readWithDelimiter(
  blocks: AsyncIterable<string>,
  file: string,
  log: ProblemLog,
  format: RowFormat,
): AsyncGenerator<RowChunk> {
  return readDelimited(blocks, file, 'delimiter' in format ? format.delimiter : ',', log);
}
