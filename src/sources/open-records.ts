/** Opens any rows or logs leniently: no role is required, folders are read, and every row says where it stands. */

import {
  type Cell,
  type ColumnMapping,
  createProblemLog,
  detectRoles,
  type ProblemLog,
  type Role,
  type RowChunk,
} from '../cases/index.ts';
import { DataError, type Problem } from '../errors.ts';
import { collect } from './collect.ts';
import { type FileShape, readShape } from './file-shape.ts';
import { findImport, type ProbedFile } from './find-import.ts';
import { type FileFormat, formatOf } from './format.ts';
import { IMPORTED_MAPPING } from './importers/imported-columns.ts';
import type { ImporterName } from './importers/importer.ts';
import type { RunRequest } from './opened-run.ts';
import { readParquetShape } from './parquet-columns.ts';
import { readParquetRows } from './parquet-rows.ts';
import { type RawRow, readRawRows } from './raw-rows.ts';
import { type RowFile, readRows } from './read-rows.ts';

/** Which rows to open. */
export type RecordsRequest = Pick<RunRequest, 'files' | 'mapping' | 'cwd' | 'stdin' | 'from' | 'score'>;

/** Rows that can be read. */
export interface OpenedRecords {
  /** Relative to `cwd`, in the order in which they are read, whatever order they were named in. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** The tool whose results or logs they are; null for rows of one's own. */
  readonly tool: { readonly name: ImporterName; readonly label: string } | null;
  /** In order of first appearance. */
  readonly columns: readonly string[];
  /** Explicit and detected roles. */
  readonly mapping: ColumnMapping;
  readonly detected: readonly Role[];
  readonly notes: readonly string[];
  /** Files of a folder that were not read. */
  readonly leftOut: readonly string[];
  /** The rows, as often as wanted; at its end throws a DataError with every problem of the files. */
  rows(): AsyncIterable<RowChunk>;
  /** The rows as JSON text exactly as the files spell them, in the order of `rows`; null where they are not JSON. */
  readonly texts: (() => AsyncIterable<RawRow>) | null;
}

/** What logs call columns that result files call otherwise, best first. */
const LOG_NAMES: Partial<Readonly<Record<Role, readonly string[]>>> = {
  caseId: ['call_id', 'request_id', 'trace_id', 'span_id', 'event_id', 'message_id'],
  input: [
    'messages',
    'input_messages',
    'request.messages',
    'request.prompt',
    'body.messages',
    'user_message',
  ],
  output: ['output_message', 'output_messages', 'response.content', 'response.text', 'assistant_message'],
  timestamp: ['time', 'ts', '@timestamp', 'date', 'created', 'start_time', 'startTime', 'event_time'],
};

/** A file and how it is read. */
interface Part {
  readonly file: ProbedFile;
  readonly format: FileFormat;
}

/**
 * Opens files, patterns, folders or standard input: JSON lines, JSON arrays, CSV, TSV, Parquet, or what another tool wrote.
 * Files of different text formats may stand side by side.
 *
 * @throws DataError for files that are missing, empty, unreadable or without rows, and for mapped columns that do not exist
 * @example (await openRecords({ files: ['logs/'], mapping: {}, cwd: '.' })).columns // ['id', 'customer', ...]
 */
export async function openRecords(request: RecordsRequest): Promise<OpenedRecords> {
  const found = await findImport({ ...request, ofRows: true });
  if (found.choice !== null) {
    const { importer, files, leftOut } = found.choice;
    const { readImport } = await import('./importers/read-import.ts');
    const read = await readImport(importer, files, request.score ?? null);
    const known = new Set(read.columns);
    const own = Object.fromEntries(
      Object.entries(IMPORTED_MAPPING).map(([role, column]) => [role, known.has(column) ? column : '']),
    );
    const roles = rolesOf(read.columns, { ...own, run: '', ...request.mapping }, read.sample);
    return {
      files: files.map(({ source }) => source.label),
      bytes: files.reduce((sum, { source }) => sum + source.size, 0),
      tool: { name: importer.name, label: importer.label },
      columns: read.columns,
      ...roles,
      notes: [...found.notes, ...importNotes(read.summary), ...roles.notes],
      leftOut,
      rows: () => checked((log) => read.rows(log)),
      texts: null,
    };
  }
  return openOwnRows(found.probed, found.folders, found.notes, request);
}

async function openOwnRows(
  probed: readonly ProbedFile[],
  folders: ReadonlyMap<string, string>,
  notes: readonly string[],
  { mapping }: RecordsRequest,
): Promise<OpenedRecords> {
  const log = createProblemLog();
  const parts: Part[] = [];
  const shapes: FileShape[] = [];
  const leftOut: string[] = [];
  for (const file of probed) {
    const { source, probe } = file;
    const own = createProblemLog();
    const format = await collect(own, () => formatOf(probe, source.label));
    if (format === null) {
      // A folder of logs may hold a note or a schema as well; a file that is named must be read.
      if (folders.has(source.label)) leftOut.push(source.label);
      else own.moveTo(log);
      continue;
    }
    const part = { file, format };
    const shape = await collect(log, () => shapeOf(part, log));
    if (shape === null) continue;
    parts.push(part);
    shapes.push(shape);
  }
  log.throwIfAny();
  if (parts.length === 0) throw new DataError(nothingToRead(leftOut));
  const columns = [...new Set(shapes.flatMap((shape) => shape.columns))];
  const roles = rolesOf(columns, mapping, joinSamples(shapes));
  const isJson = parts.every(
    ({ format }) => format.kind === 'rows' && ['jsonl', 'json'].includes(format.format.name),
  );
  return {
    files: parts.map(({ file }) => file.source.label),
    bytes: parts.reduce((sum, { file }) => sum + file.source.size, 0),
    tool: null,
    columns,
    ...roles,
    notes: [...notes, ...roles.notes],
    leftOut,
    rows: () => checked((problems) => rowsOf(parts, problems)),
    texts: isJson
      ? () =>
          checked((problems) =>
            readRawRows(
              parts.flatMap((part) => rowFile(part) ?? []),
              problems,
            ),
          )
      : null,
  };
}

function rolesOf(
  columns: readonly string[],
  mapping: ColumnMapping,
  sample: ReadonlyMap<string, readonly Cell[]>,
): Pick<OpenedRecords, 'mapping' | 'detected' | 'notes'> {
  // Without a row there is nothing to find, and nothing that a mapping could be wrong about.
  if (columns.length === 0) return { mapping: {}, detected: [], notes: [] };
  const found = detectRoles(columns, mapping, { sample });
  const taken = new Set(Object.values(found.mapping));
  const extra: Partial<Record<Role, string>> = {};
  for (const [role, names] of Object.entries(LOG_NAMES) as [Role, readonly string[]][]) {
    if (found.mapping[role] !== undefined || mapping[role] !== undefined) continue;
    const column = names.find((name) => columns.includes(name) && !taken.has(name));
    if (column !== undefined) extra[role] = column;
  }
  return {
    mapping: { ...found.mapping, ...extra },
    detected: [...found.detected, ...(Object.keys(extra) as Role[])],
    notes: found.notes,
  };
}

async function* rowsOf(parts: readonly Part[], log: ProblemLog): AsyncGenerator<RowChunk> {
  for (const part of parts) {
    const file = rowFile(part);
    const { source } = part.file;
    if (file !== null) yield* readRows(file, log);
    else if (source.path !== null) yield* readParquetRows(source.path, source.label);
  }
}

function rowFile({ file, format }: Part): RowFile | null {
  if (format.kind === 'parquet') return null;
  return { source: file.source, format: format.format, compression: format.compression };
}

async function shapeOf(part: Part, log: ProblemLog): Promise<FileShape> {
  const file = rowFile(part);
  if (file !== null) return readShape(file, log);
  const { path, label } = part.file.source;
  if (path === null) {
    throw new DataError({ message: 'Parquet cannot be read from standard input', hint: 'name the file' });
  }
  return { label, columns: (await readParquetShape(path, label)).columns, sample: new Map() };
}

/** Rows whose problems are thrown at the end. */
async function* checked<T>(read: (log: ProblemLog) => AsyncIterable<T>): AsyncGenerator<T> {
  const log = createProblemLog();
  yield* read(log);
  log.throwIfAny();
}

function joinSamples(shapes: readonly FileShape[]): ReadonlyMap<string, readonly Cell[]> {
  const joined = new Map<string, readonly Cell[]>();
  for (const { sample } of shapes) {
    for (const [name, cells] of sample) {
      if (joined.get(name)?.some((cell) => cell !== null) !== true) joined.set(name, cells);
    }
  }
  return joined;
}

/** What an import left out or could not say. */
function importNotes({
  dropped,
  notes,
}: {
  readonly dropped: readonly { readonly reason: string; readonly count: number }[];
  readonly notes: readonly string[];
}): readonly string[] {
  return [...dropped.map(({ reason, count }) => `left out: ${reason} (${count} times)`), ...notes];
}

function nothingToRead(leftOut: readonly string[]): Problem {
  return {
    message: `none of the files holds rows${leftOut.length === 0 ? '' : `: ${leftOut.slice(0, 5).join(', ')}`}`,
    hint: 'rows are JSON lines, a JSON array of objects, CSV, TSV or Parquet',
  };
}
