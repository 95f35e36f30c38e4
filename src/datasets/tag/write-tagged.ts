/** Writes tagged rows with their definition, and worksheets, whole or not at all. */

import { rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ResultChunk, RowChunk } from '../../cases/index.ts';
import { EngineError, SlicewiseError } from '../../errors.ts';
import { csvCell } from '../../reports/index.ts';
import type { RowColumn } from '../import/row-kinds.ts';
import { rowFileFormat } from '../import/write-import.ts';
import { writeJsonLines } from '../import/write-jsonl.ts';
import { writeParquet } from '../import/write-parquet.ts';
import { PROBABILITY } from './read-labels.ts';
import type { TagReport } from './tag-definition.ts';
import type { WorksheetRow } from './tagged-cases.ts';

/**
 * Writes the rows, and their definition as `PATH.definition.json`.
 *
 * @param path absolute; its ending chooses Parquet or JSON lines
 * @throws UsageError for another ending, EngineError where a file cannot be written
 */
export async function writeTagged(
  path: string,
  columns: readonly RowColumn[],
  rows: AsyncIterable<ResultChunk>,
  report: TagReport,
): Promise<void> {
  const format = rowFileFormat(path);
  const definition = `${path}.definition.json`;
  await whole(
    definition,
    (other) => writeFile(other, `${JSON.stringify(report, null, 2)}\n`),
    async () => {
      await whole(path, async (other) => {
        if (format.name === 'parquet') await writeParquet(other, columns.map(asSpelled), plainRows(rows));
        else await writeJsonLines(other, format.compression, columns, plainRows(rows));
      });
    },
  );
}

/** A number of Parquet reads back in another spelling (`3.0`), which would be another slice; a text does not. */
function asSpelled({ name, kind }: RowColumn): RowColumn {
  return { name, kind: kind === 'number' ? 'text' : kind };
}

async function* plainRows(rows: AsyncIterable<ResultChunk>): AsyncGenerator<RowChunk> {
  for await (const { file, lines, attributes } of rows) yield { file, lines, columns: attributes };
}

/**
 * Writes a sheet of cases with an empty column `label`: CSV where the name ends so, else JSON lines.
 *
 * @param path absolute
 */
export async function writeWorksheet(path: string, rows: readonly WorksheetRow[]): Promise<void> {
  const names = ['case_id', 'text', 'label', PROBABILITY];
  const isCsv = /\.csv$/i.test(path);
  const lines = rows.map(({ caseId, text, probability }) =>
    isCsv
      ? [caseId, text, '', probability].map(csvCell).join(',')
      : JSON.stringify({ case_id: caseId, text, label: null, [PROBABILITY]: probability }),
  );
  const all = isCsv
    ? [names.join(','), ...lines].map((line) => `${line}\r\n`)
    : lines.map((line) => `${line}\n`);
  await whole(path, (other) => writeFile(other, all.join('')));
}

/** Writes under another name and renames; `then` runs before the rename and may still fail. */
async function whole(
  path: string,
  write: (temporary: string) => Promise<void>,
  then: () => Promise<void> = async () => {},
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  try {
    await write(temporary);
    await then();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof SlicewiseError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? error})` }, { cause: error });
  }
}
