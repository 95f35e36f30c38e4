/** Writes the rows of an import to one file, whole or not at all. */

import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createProblemLog, type RowChunk } from '../../cases/index.ts';
import { EngineError, SlicewiseError, UsageError } from '../../errors.ts';
import { type ReadImport, rowsOfRuns } from '../../sources/index.ts';
import { rowColumns } from './row-kinds.ts';
import { writeJsonLines } from './write-jsonl.ts';
import { writeParquet } from './write-parquet.ts';

/** How rows are written. */
export interface RowFileFormat {
  readonly name: 'parquet' | 'jsonl';
  readonly compression: 'none' | 'gzip' | 'zstd';
}

/**
 * The format that the ending of a file names.
 *
 * @throws UsageError where it names none
 * @example rowFileFormat('rows.jsonl.gz') // { name: 'jsonl', compression: 'gzip' }
 */
export function rowFileFormat(path: string): RowFileFormat {
  const found = /\.(?:(parquet)|(?:jsonl|ndjson)(\.gz|\.zst)?)$/i.exec(path);
  if (found === null) {
    throw new UsageError({
      message: `the ending of ${path} names no format for rows`,
      hint: 'endings are .parquet, .jsonl, .jsonl.gz and .jsonl.zst',
    });
  }
  if (found[1] !== undefined) return { name: 'parquet', compression: 'none' };
  const ending = found[2]?.toLowerCase();
  return { name: 'jsonl', compression: ending === '.gz' ? 'gzip' : ending === '.zst' ? 'zstd' : 'none' };
}

/**
 * Writes the rows under another name first and renames the file when it is whole.
 *
 * @param path absolute
 * @param runs whose rows are written; null writes all
 * @returns the number of rows
 * @throws DataError where the import has problems, EngineError where the file cannot be written
 */
export async function writeImport(
  read: ReadImport,
  runs: ReadonlySet<string> | null,
  path: string,
): Promise<number> {
  const format = rowFileFormat(path);
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  const log = createProblemLog();
  let rows = 0;
  async function* chunks(): AsyncGenerator<RowChunk> {
    const all = read.rows(log);
    for await (const chunk of runs === null ? all : rowsOfRuns(all, runs)) {
      rows += chunk.lines.length;
      yield chunk;
    }
    log.throwIfAny();
  }
  try {
    const columns = rowColumns(read);
    if (format.name === 'parquet') await writeParquet(temporary, columns, chunks());
    else await writeJsonLines(temporary, format.compression, columns, chunks());
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof SlicewiseError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? error})` }, { cause: error });
  }
  return rows;
}
