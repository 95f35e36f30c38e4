/** Opens files of rows whose formats are known: learns their columns and the roles of these. */

import { relative } from 'node:path';
import {
  type Cell,
  type ColumnMapping,
  caseKey,
  createProblemLog,
  type DetectedRoles,
  type DetectionHints,
  detectRoles,
  foundText,
  interpretRows,
  type ProblemLog,
  type ResultChunk,
  type RowChunk,
  type RunCount,
} from '../cases/index.ts';
import { DataError } from '../errors.ts';
import type { ByteSource } from './byte-source.ts';
import { collect } from './collect.ts';
import { type FileShape, readShape } from './file-shape.ts';
import type { RunPart } from './format.ts';
import type { OpenedRun, RunRequest } from './opened-run.ts';
import { readParquetShape } from './parquet-columns.ts';
import { type RowFile, readRows } from './read-rows.ts';
import { chooseRunHint } from './run-choice.ts';
import { checkRoles, roleNotes } from './run-roles.ts';
import { isScoredOnly } from './run-verdicts.ts';

/** Opens a run whose parts are known; see `openRun`. */
export async function openParts(
  parts: readonly RunPart[],
  request: Pick<RunRequest, 'run' | 'mapping' | 'passWords' | 'cases' | 'score' | 'side' | 'holdsBoth'>,
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
  const { side, passWords } = request;
  const hints: DetectionHints = {
    wantsRun: request.run !== null,
    sample: joinSamples(shapes),
    passWords,
    ...(request.holdsBoth && (side === 'baseline' || side === 'candidate') ? { side } : {}),
  };
  const found = inFile(sources[0]!.label, () => {
    const detected = detectRoles(columns, request.mapping, hints);
    checkRoles(detected.mapping, columns, request);
    return detected;
  });
  const roles = await withoutEmptyVerdicts(parts, found, request.run);
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
          passWords,
          run: request.run,
          chooseRun: chooseRunFor(parts, request),
        }
      : {
          kind: 'rows',
          chunks: resultChunks(rowFiles, roles.mapping, request),
          mapping: roles.mapping,
          passWords,
        },
    mapping: roles.mapping,
    detected: roles.detected,
    columns,
    notes: [...notes, ...roles.notes, ...roleNotes(roles, shapes)],
    imported: null,
  };
}

/** The interpreted rows of all files; every iteration reads them anew. */
function resultChunks(
  files: readonly RowFile[],
  mapping: ColumnMapping,
  { run, side, passWords }: Pick<RunRequest, 'run' | 'side' | 'passWords'>,
): AsyncIterable<ResultChunk> {
  const chooseRun = chooseRunFor(files, { side });
  const cases = caseKey(mapping) === 'row' ? { cases: 'rows' as const } : {};
  return {
    async *[Symbol.asyncIterator]() {
      const log = createProblemLog();
      yield* interpretRows(allRows(files, log), { mapping, passWords, run, chooseRun, ...cases }, log);
      log.throwIfAny();
    },
  };
}

/** What to do about several runs. */
function chooseRunFor(
  files: readonly { readonly source: ByteSource }[],
  { side = 'candidate' }: Pick<RunRequest, 'side'>,
): (runs: readonly RunCount[]) => string {
  const labels = files.map(({ source }) => source.label);
  return (runs) => chooseRunHint(side, labels, runs);
}

/** A run that was only scored has no verdicts, although a run beside it gives the files a column of them. */
async function withoutEmptyVerdicts(
  parts: readonly RunPart[],
  roles: DetectedRoles,
  run: string | null,
): Promise<DetectedRoles> {
  const { run: column, passed, score, ...others } = roles.mapping;
  if (run === null || column === undefined || passed === undefined || score === undefined) return roles;
  const isFound = roles.detected.includes('passed');
  if (!isFound || !(await isScoredOnly(parts, { run: column, passed, score }, run))) return roles;
  return {
    mapping: { ...others, run: column, score },
    detected: roles.detected.filter((role) => role !== 'passed'),
    notes: [
      ...roles.notes,
      `run ${foundText(run)} has scores (column ${foundText(score)}) and no verdict in column ${foundText(passed)}, which is not used`,
    ],
  };
}

async function* allRows(files: readonly RowFile[], log: ProblemLog): AsyncGenerator<RowChunk> {
  for (const file of files) yield* readRows(file, log);
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
