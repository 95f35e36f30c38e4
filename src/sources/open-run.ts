/** Opens the recorded results of one run: finds the files, their format and the roles of their columns. */

import { relative } from 'node:path';
import {
  type Cell,
  type ColumnMapping,
  createProblemLog,
  detectRoles,
  interpretRows,
  type ProblemLog,
  type ResultChunk,
  type Role,
  type RowChunk,
} from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { expandFiles } from './expand-files.ts';
import { type FileShape, readShape } from './file-shape.ts';
import { detectFormat, type FileFormat } from './format.ts';
import { readParquetShape } from './parquet-columns.ts';
import { type RowFile, readRows } from './read-rows.ts';
import { checkRoles, roleNotes } from './run-roles.ts';

/** Which run to open. */
export interface RunRequest {
  /** Paths, glob patterns, or `-` for standard input. */
  readonly files: readonly string[];
  /** Text of the run column that selects this run; null takes every row. */
  readonly run: string | null;
  /** What the user said about columns; `''` says that no column plays the role. */
  readonly mapping: ColumnMapping;
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** The rows of a run for an engine, which has the same type. */
export type RunSource =
  | { readonly kind: 'rows'; readonly chunks: AsyncIterable<ResultChunk>; readonly mapping: ColumnMapping }
  | {
      readonly kind: 'parquet';
      readonly files: readonly string[];
      readonly mapping: ColumnMapping;
      readonly run: string | null;
    };

/** A run that can be read. */
export interface OpenedRun {
  /** Relative to `cwd`, in the order in which they are read. */
  readonly files: readonly string[];
  /** `mixed` where files differ. */
  readonly format: 'jsonl' | 'json' | 'csv' | 'tsv' | 'parquet' | 'mixed';
  /** Size as stored. */
  readonly bytes: number;
  readonly source: RunSource;
  /** Complete: explicit and detected roles. */
  readonly mapping: ColumnMapping;
  /** Roles that were found by name. */
  readonly detected: readonly Role[];
  readonly columns: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Opens a run. Rows are read when the source is iterated (as often as wanted), which throws a DataError with all problems
 * of all files at its end and hands on no row after the first problem.
 *
 * @throws DataError for files that are missing, empty, unreadable or no results, and for mappings that do not fit
 * @example (await openRun({ files: ['new.jsonl'], run: null, mapping: {}, cwd: '.' })).mapping.caseId // 'id'
 */
export async function openRun(request: RunRequest): Promise<OpenedRun> {
  const { sources, notes } = await expandFiles(request.files, request.cwd, request.stdin);
  const log = createProblemLog();
  const formats: FileFormat[] = [];
  for (const source of sources) {
    const format = await collect(log, () => detectFormat(source));
    if (format !== null) formats.push(format);
  }
  log.throwIfAny();
  const parts = sources.map((source, index) => ({ source, format: formats[index]! }));
  return openParts(parts, request, notes);
}

/** One file, or anything that is read like one, with what it is. */
export interface RunPart {
  readonly source: ByteSource;
  readonly format: FileFormat;
}

/** Opens a run whose parts are known; see `openRun`. */
export async function openParts(
  parts: readonly RunPart[],
  request: Pick<RunRequest, 'run' | 'mapping'>,
  notes: readonly string[],
): Promise<OpenedRun> {
  const log = createProblemLog();
  const sources = parts.map(({ source }) => source);
  const isParquet = checkOneKind(parts);
  const rowFiles = parts.flatMap(({ source, format }) =>
    format.kind === 'rows' ? [{ source, format: format.format, compression: format.compression }] : [],
  );
  const shapes: FileShape[] = [];
  for (const source of isParquet ? sources : []) {
    const shape = await collect(log, () => parquetShape(source, log));
    if (shape !== null) shapes.push(shape);
  }
  for (const file of rowFiles) shapes.push(await readShape(file, log));
  log.throwIfAny();

  const columns = [...new Set(shapes.flatMap((shape) => shape.columns))];
  const hints = { wantsRun: request.run !== null, sample: joinSamples(shapes) };
  const roles = inFile(sources[0]!.label, () => {
    const found = detectRoles(columns, request.mapping, hints);
    checkRoles(found.mapping, columns, request.run);
    return found;
  });
  const names = new Set(parts.map(({ format }) => (format.kind === 'rows' ? format.format.name : 'parquet')));
  return {
    files: sources.map(({ label }) => label),
    format: names.size === 1 ? [...names][0]! : 'mixed',
    bytes: sources.reduce((sum, { size }) => sum + size, 0),
    source: isParquet
      ? {
          kind: 'parquet',
          files: sources.map(({ path }) => relative(process.cwd(), path ?? '')),
          mapping: roles.mapping,
          run: request.run,
        }
      : { kind: 'rows', chunks: resultChunks(rowFiles, roles.mapping, request.run), mapping: roles.mapping },
    mapping: roles.mapping,
    detected: roles.detected,
    columns,
    notes: [...notes, ...roles.notes, ...roleNotes(roles, shapes)],
  };
}

/** The interpreted rows of all files; every iteration reads them anew. */
function resultChunks(
  files: readonly RowFile[],
  mapping: ColumnMapping,
  run: string | null,
): AsyncIterable<ResultChunk> {
  return {
    async *[Symbol.asyncIterator]() {
      const log = createProblemLog();
      yield* interpretRows(allRows(files, log), { mapping, run }, log);
      log.throwIfAny();
    },
  };
}

async function* allRows(files: readonly RowFile[], log: ProblemLog): AsyncGenerator<RowChunk> {
  for (const file of files) yield* readRows(file, log);
}

/** The result, or null after its problems went to the log. */
async function collect<T>(log: ProblemLog, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    for (const problem of error.problems) log.add(problem);
    return null;
  }
}

/** Does the work; its errors say which file they are about. */
function inFile<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(
      error.problems.map((problem) => ({ ...problem, where: { file, ...problem.where } })),
      { cause: error },
    );
  }
}

async function parquetShape(source: ByteSource, log: ProblemLog): Promise<FileShape> {
  if (source.path === null) {
    throw new DataError({ message: 'Parquet cannot be read from standard input', hint: 'name the file' });
  }
  const { columns, rows } = await readParquetShape(source.path, source.label);
  if (rows === 0)
    log.add({ message: 'the file has no rows, expected at least one', where: { file: source.label } });
  return { label: source.label, columns, sample: new Map() };
}

function checkOneKind(parts: readonly RunPart[]): boolean {
  const parquet = parts.find(({ format }) => format.kind === 'parquet');
  const other = parts.find(({ format }) => format.kind !== 'parquet');
  if (parquet !== undefined && other !== undefined) {
    throw new DataError({
      message: `${parquet.source.label} is Parquet and ${other.source.label} is text; the files of one run must be one or the other`,
      hint: 'convert one of them',
    });
  }
  return parquet !== undefined;
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
