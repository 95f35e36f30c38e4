/** Writes the cleaned copy and the rejects: every row of the input goes to one of them, as it is spelled. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Cell } from '../../cases/index.ts';
import { DataError, EngineError, InternalError, UsageError } from '../../errors.ts';
import type { OpenedRecords } from '../../sources/index.ts';
import type { RejectedRow } from './check-report.ts';

/** Where rows go. */
export interface RowsToWrite {
  readonly records: OpenedRecords;
  readonly rows: number;
  /** Null where the row stays. */
  readonly rejected: (row: number) => RejectedRow | null;
  /** Absolute; null writes none. */
  readonly clean: string | null;
  readonly rejects: string | null;
}

/** What the rejects have beside the row's own columns. */
const REJECT_COLUMNS = [
  'reject.reasons',
  'reject.detail',
  'reject.file',
  'reject.line',
  'reject.repeats',
] as const;

type RowFormat = 'json' | 'csv';

/**
 * The format that rows of these files can be written in without a loss.
 *
 * @throws UsageError where there is none, or where a name's ending says another
 */
export function formatFor(records: OpenedRecords, paths: readonly string[]): RowFormat {
  const format = records.texts !== null ? 'json' : 'csv';
  const isText = format === 'json' || records.files.every((file) => /\.(?:csv|tsv)(?:\.\w+)?$/i.test(file));
  if (!isText || records.tool !== null) {
    throw new UsageError({
      message: 'rows of this format cannot be copied as they are spelled',
      hint: 'slicewise import FILE -o rows.jsonl writes rows that can',
    });
  }
  const endings = format === 'json' ? /\.(?:jsonl|ndjson)$/i : /\.csv$/i;
  const problems = paths
    .filter((path) => !endings.test(path))
    .map((path) => ({
      message: `${path} has another ending than the rows, which are written as ${format === 'json' ? 'JSON lines' : 'CSV'}`,
      hint: `name it ${basename(path).replace(/\.[^.]*$/, '')}.${format === 'json' ? 'jsonl' : 'csv'}`,
    }));
  if (problems.length > 0) throw new UsageError(problems);
  return format;
}

/**
 * Writes both files, whole or not at all.
 *
 * @returns rows of each
 * @throws DataError where the files changed since they were looked at; EngineError where a file cannot be written
 */
export async function writeRows(
  wanted: RowsToWrite,
  format: RowFormat,
): Promise<{ readonly kept: number; readonly rejected: number }> {
  const { records, rejected } = wanted;
  const clean = await openFile(wanted.clean);
  const rejects = await openFile(wanted.rejects);
  const counts = { kept: 0, rejected: 0 };
  try {
    if (format === 'csv') {
      await clean.write(csvLine(records.columns));
      await rejects.write(csvLine([...REJECT_COLUMNS, ...records.columns]));
    }
    let row = 0;
    for await (const { json, cells } of rowsOf(records, format)) {
      const why = rejected(row++);
      if (why === null) {
        counts.kept++;
        await clean.write(json === null ? csvLine(cells) : `${json}\n`);
      } else {
        counts.rejected++;
        await rejects.write(json === null ? csvLine([...rejectCells(why), ...cells]) : rejectJson(why, json));
      }
    }
    if (row !== wanted.rows) {
      throw new DataError({
        message: `the files have ${row} rows now and had ${wanted.rows}; they changed while they were looked at`,
        hint: 'run it again; nothing was written',
      });
    }
    if (counts.kept + counts.rejected !== wanted.rows) throw new InternalError({ message: 'rows were lost' });
    for (const file of [clean, rejects]) await file.close();
    for (const file of [clean, rejects]) await file.rename();
    return counts;
  } catch (error) {
    for (const file of [clean, rejects]) await file.remove();
    throw error;
  }
}

async function* rowsOf(
  records: OpenedRecords,
  format: RowFormat,
): AsyncGenerator<{ readonly json: string | null; readonly cells: readonly string[] }> {
  if (format === 'json' && records.texts !== null) {
    // Line breaks between the parts of a row mean nothing; inside of a text JSON has none.
    for await (const { text } of records.texts())
      yield { json: text.replace(/\s*[\r\n]\s*/g, ' '), cells: [] };
    return;
  }
  for await (const { lines, columns } of records.rows()) {
    for (let row = 0; row < lines.length; row++) {
      yield {
        json: null,
        cells: records.columns.map((column) => cellText(columns.get(column)?.[row] ?? null)),
      };
    }
  }
}

function cellText(cell: Cell): string {
  return cell === null ? '' : typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Cells are data here: they keep their spelling, also where a spreadsheet would take one for a formula. */
function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
}

function rejectCells({ reasons, detail, file, line, of }: RejectedRow): readonly string[] {
  return [reasons.join(' '), detail, file, String(line), of === null ? '' : `${of.file}:${of.line}`];
}

function rejectJson({ reasons, detail, file, line, of }: RejectedRow, json: string): string {
  const reject = { reasons, detail, file, line, repeats: of === null ? null : `${of.file}:${of.line}` };
  return `{"reject":${JSON.stringify(reject)},"row":${json}}\n`;
}

interface TargetFile {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  rename(): Promise<void>;
  remove(): Promise<void>;
}

const NO_FILE: TargetFile = {
  write: async () => undefined,
  close: async () => undefined,
  rename: async () => undefined,
  remove: async () => undefined,
};

/** A file that gets its name only at the end. */
async function openFile(path: string | null): Promise<TargetFile> {
  if (path === null) return NO_FILE;
  const temporary = join(dirname(path), `.${basename(path).slice(0, 100)}.${process.pid}.tmp`);
  const stream = createWriteStream(temporary, { flags: 'wx' });
  const failed = once(stream, 'error').then(([cause]) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw new EngineError({ message: `${path} could not be written (${code ?? cause})` }, { cause });
  });
  failed.catch(() => undefined);
  const orFail = (event: string) => Promise.race([once(stream, event), failed]);
  return {
    write: async (text) => {
      if (!stream.write(text)) await orFail('drain');
    },
    close: async () => {
      stream.end();
      await orFail('close');
    },
    rename: () => rename(temporary, path),
    remove: async () => {
      stream.destroy();
      await rm(temporary, { force: true });
    },
  };
}
