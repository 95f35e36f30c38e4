/** Cases and rows as points, by their words or by vectors that the user brings. */

import { resolve } from 'node:path';
import { type Cell, createProblemLog, type ProblemLog } from '../../cases/index.ts';
import { parseVector } from '../../derived/index.ts';
import { DataError, type Where } from '../../errors.ts';
import { openRecords } from '../../sources/index.ts';
import {
  IS_VECTOR_FILE,
  labelText,
  type OverlapRow,
  type Ports,
  type StoreFiles,
  VECTOR_NAMES,
} from '../../stages/index.ts';
import { countTerms, DIMENSIONS, EMBEDDING_METHOD, embedInto, scaleToOne } from '../../text/index.ts';
import type { EvalSet } from './read-eval.ts';

/** How points are made. */
export interface CasePoints {
  readonly method: string;
  readonly dimensions: number;
  /** The point of each case, of length 1; null for a case without one. */
  readonly cases: readonly (Float32Array | null)[];
  /** Makes sure that the rows can have points. @throws DataError where they cannot */
  checkStore(store: StoreFiles, name: string): void;
  /** The point of a row, which the next one may overwrite; null for a row without one. */
  rowPoint(row: OverlapRow): Float32Array | null;
  /** @throws DataError with every cell that is no vector of this length */
  throwIfAny(): void;
}

/** Whether the vectors are a column of the files. */
export function vectorColumn(vectors: string | null): string | null {
  return vectors === null || IS_VECTOR_FILE.test(vectors) ? null : vectors;
}

/**
 * @param vectors a column of every file, or a file of vectors by id; null for words
 * @throws DataError where the column or the file has no vectors
 */
export async function casePoints(
  vectors: string | null,
  evalSet: EvalSet,
  { cwd }: Pick<Ports, 'cwd'>,
): Promise<CasePoints> {
  if (vectors === null) return pointsOfWords(evalSet);
  const column = vectorColumn(vectors);
  if (column !== null && !evalSet.columns.includes(column)) {
    throw new DataError({
      message: `--vectors names the column '${column}', which the eval set does not have`,
      hint: `its columns are ${evalSet.columns.join(', ')}; a file ends in .jsonl, .csv or .parquet`,
      where: { file: evalSet.files[0]! },
    });
  }
  return pointsOfVectors(vectors, evalSet, column === null ? await readVectors(vectors, cwd) : null);
}

/** Words weigh by how few cases have them, so that rows can stream by. */
function pointsOfWords({ cases }: EvalSet): CasePoints {
  const terms = countTerms();
  for (const { text } of cases) if (text !== null) terms.add(text);
  const pointOf = (text: string | null, into: Float32Array) => {
    if (text === null) return null;
    embedInto(text, terms, into);
    return into.some((value) => value !== 0) ? into : null;
  };
  const row = new Float32Array(DIMENSIONS);
  return {
    method: EMBEDDING_METHOD,
    dimensions: DIMENSIONS,
    cases: cases.map(({ text }) => pointOf(text, new Float32Array(DIMENSIONS))),
    checkStore: () => undefined,
    rowPoint: ({ content }) => pointOf(content?.kind === 'text' ? content.text : null, row),
    throwIfAny: () => undefined,
  };
}

function pointsOfVectors(
  vectors: string,
  { cases, vectors: ofCases, files }: EvalSet,
  byId: ReadonlyMap<string, Cell> | null,
): CasePoints {
  const log = createProblemLog();
  const isCase = new Set(cases.map(({ id }) => id));
  const lists = cases.map(({ id }) =>
    numbersOf((byId ?? ofCases).get(id) ?? null, null, `case '${id}'`, { file: files[0]! }, log),
  );
  const dimensions = lists.find((list) => list !== null)?.length ?? null;
  if (dimensions === null) {
    log.add({
      message: `${vectors} holds no vector of any case`,
      hint: byId === null ? 'name another column' : 'its ids must be those of the cases and of the rows',
      where: { file: byId === null ? files[0]! : vectors },
    });
  }
  const points = lists.map((list, at) => {
    if (list !== null && list.length !== dimensions) {
      log.add({
        message: `case '${cases[at]!.id}' has a vector of ${list.length} numbers, expected ${dimensions}`,
        where: { file: files[0]! },
      });
      return null;
    }
    return list === null ? null : unitPoint(list);
  });
  log.throwIfAny();
  return {
    method: byId === null ? `vectors of the column ${vectors}` : `vectors of ${vectors}`,
    dimensions: dimensions!,
    cases: points,
    checkStore: ({ columns, caseId, files: own }, name) =>
      checkVectors(vectors, byId, columns, caseId, own[0]!, name),
    rowPoint: ({ file, line, beside }) => {
      const where = { file, line };
      const id = beside?.id ?? null;
      const cell = byId === null ? (beside?.vector ?? null) : id === null ? null : (byId.get(id) ?? null);
      if (byId !== null && id !== null && cell !== null && isCase.has(id)) {
        log.add({
          message: `the id '${id}' is that of a case and of this row, so ${vectors} cannot say whose vector it has`,
          hint: 'give the rows ids of their own, or name a column of vectors that both files have',
          where,
        });
        return null;
      }
      const list = numbersOf(cell, dimensions, 'this row', where, log);
      return list === null ? null : unitPoint(list);
    },
    throwIfAny: () => log.throwIfAny(),
  };
}

function checkVectors(
  vectors: string,
  byId: ReadonlyMap<string, Cell> | null,
  columns: readonly string[],
  caseId: string | null,
  file: string,
  name: string,
): void {
  if (byId === null && !columns.includes(vectors)) {
    throw new DataError({
      message: `${name} has no column '${vectors}' of vectors; the columns are ${columns.join(', ')}`,
      where: { file },
    });
  }
  if (byId !== null && caseId === null) {
    throw new DataError({
      message: `${name} has no column of ids, so that no vector of ${vectors} can be found for its rows`,
      hint: 'name it with --train-map caseId=COLUMN, or name a column of vectors that both files have',
      where: { file },
    });
  }
}

/** @param dimensions null where any length is right */
function numbersOf(
  cell: Cell,
  dimensions: number | null,
  whose: string,
  where: Where,
  log: ProblemLog,
): readonly number[] | null {
  const text = cell === null || typeof cell === 'string' ? (cell ?? '') : cell.join(' ');
  if (text.trim() === '') return null;
  const [numbers] = parseVector(text) ?? [];
  if (numbers !== undefined && (dimensions === null || numbers.length === dimensions)) return numbers;
  const found =
    numbers === undefined
      ? `no vector: ${JSON.stringify(text.slice(0, 40))}`
      : `a vector of ${numbers.length} numbers`;
  log.add({
    message: `${whose} has ${found}, expected ${dimensions ?? 'finite'} numbers`,
    hint: 'a list of numbers, such as [0.1, 0.9]',
    where,
  });
  return null;
}

/** Length 1; null for zeros. Scaled before it is rounded to 32 bits, so that no large number becomes infinite. */
function unitPoint(list: readonly number[]): Float32Array | null {
  const most = list.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (most === 0) return null;
  const point = Float32Array.from(list, (value) => value / most);
  scaleToOne(point);
  return point;
}

/** Vectors by id; the first of each id stands. */
async function readVectors(path: string, cwd: string): Promise<ReadonlyMap<string, Cell>> {
  const records = await openRecords({ files: [resolve(cwd, path)], mapping: {}, cwd });
  const column = VECTOR_NAMES.find((name) => records.columns.includes(name));
  const { caseId } = records.mapping;
  if (column === undefined || caseId === undefined) {
    throw new DataError({
      message: `${path} has no column ${column === undefined ? VECTOR_NAMES.join(', ') : 'of ids'}; its columns are ${records.columns.join(', ')}`,
      where: { file: path },
    });
  }
  const byId = new Map<string, Cell>();
  for await (const { lines, columns } of records.rows()) {
    for (let row = 0; row < lines.length; row++) {
      const id = labelText(columns.get(caseId)?.[row] ?? null);
      const cell = columns.get(column)?.[row] ?? null;
      if (id !== null && cell !== null && !byId.has(id)) byId.set(id, cell);
    }
  }
  return byId;
}
