/** Reads recorded per-case outcomes back, only the columns and cases that are asked for. */

import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { ColumnMapping } from '../cases/index.ts';
import { hashedText } from '../engines/index.ts';
import { EngineError } from '../errors.ts';

/** What one run did with one case. */
export interface CaseOutcome {
  /** Share of trials passed, in [0, 1]; null where no trial counts. */
  readonly value: number | null;
  /** Input and expected texts (or their digests) of the case; null where absent. */
  readonly input: string | null;
  readonly expected: string | null;
  /** The case's values of the columns asked for; several for tags, or where its rows disagree. */
  readonly attributes: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Which part of an outcome file to read. */
export interface OutcomeQuery {
  /** Errors count as failures, or their trials are left out. */
  readonly errors: 'fail' | 'exclude';
  /** Attributes to read; columns that the file lacks are empty. */
  readonly columns: readonly string[];
  /** Only these cases; null reads all. */
  readonly ids: readonly string[] | null;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Reads an outcome file as cases. Linear in the rows of the row groups that can hold the cases asked for.
 *
 * @throws EngineError where the file cannot be read as Parquet or lacks the case column
 */
export async function readOutcomes(
  path: string,
  mapping: ColumnMapping,
  query: OutcomeQuery,
): Promise<ReadonlyMap<string, CaseOutcome>> {
  // Runs without case ids are keyed by their input, and files may hold its hash in place of the text.
  const idColumn = mapping.caseId ?? mapping.input;
  if (idColumn === undefined)
    throw new EngineError({
      message: 'recorded outcomes without a column of case ids',
      where: { file: path },
    });
  const keyOf = mapping.caseId === undefined ? hashedText : (id: string) => id;
  const wanted = query.ids === null ? null : new Map(query.ids.map((id) => [keyOf(id), id]));
  const stored = wanted === null ? null : [...new Set([...wanted.keys(), ...wanted.values()])];
  const rows = await readRows(path, idColumn, mapping, { ...query, ids: stored });
  const byCase = new Map<string, Row[]>();
  for (const row of rows) {
    const cell = text(row[idColumn]);
    const id = cell === null ? undefined : wanted === null ? keyOf(cell) : wanted.get(keyOf(cell));
    if (id === undefined) continue;
    const known = byCase.get(id);
    if (known === undefined) byCase.set(id, [row]);
    else known.push(row);
  }
  return new Map([...byCase].map(([id, trials]) => [id, readCase(trials, mapping, query)]));
}

async function readRows(path: string, idColumn: string, mapping: ColumnMapping, query: OutcomeQuery) {
  try {
    const file = await asyncBufferFromFile(path);
    const metadata = await parquetMetadataAsync(file);
    const present = new Set(parquetSchema(metadata).children.map((child) => child.element.name));
    const { passed, error, input, expected } = mapping;
    const columns = [idColumn, passed, error, input, expected, ...query.columns].filter(
      (name): name is string => name !== undefined && present.has(name),
    );
    const filter = skipsRowGroups(query.ids) ? { [idColumn]: { $in: [...query.ids] } } : undefined;
    const options = { file, metadata, columns: [...new Set(columns)] };
    return (await parquetReadObjects(filter ? { ...options, filter } : options)) as readonly Row[];
  } catch (error) {
    const message = `recorded outcomes cannot be read: ${(error as Error).message}`;
    throw new EngineError({ message, where: { file: path } }, { cause: error });
  }
}

const FILTERED_IDS = 64;

/**
 * Whether the reader may skip row groups by their smallest and largest id. It compares UTF-16, Parquet UTF-8: the orders
 * agree for an id without characters from U+D800 on, whatever it is compared with.
 */
function skipsRowGroups(ids: readonly string[] | null): ids is readonly string[] {
  return ids !== null && ids.length <= FILTERED_IDS && !ids.some((id) => /[\ud800-\uffff]/.test(id));
}

function readCase(trials: readonly Row[], mapping: ColumnMapping, query: OutcomeQuery): CaseOutcome {
  let passed = 0;
  let counted = 0;
  for (const row of trials) {
    const failedToRun = mapping.error !== undefined && text(row[mapping.error]) !== null;
    const cell = mapping.passed === undefined ? null : row[mapping.passed];
    if (failedToRun ? query.errors === 'exclude' : cell === null || cell === undefined) continue;
    counted += 1;
    if (!failedToRun && Number(cell) === 1) passed += 1;
  }
  const first = (column: string | undefined) =>
    column === undefined
      ? null
      : (trials.map((row) => text(row[column])).find((cell) => cell !== null) ?? null);
  return {
    value: counted === 0 ? null : passed / counted,
    input: first(mapping.input),
    expected: first(mapping.expected),
    attributes: new Map(query.columns.map((column) => [column, values(trials, column)])),
  };
}

function values(trials: readonly Row[], column: string): ReadonlySet<string> {
  const cells = trials.flatMap((row) => row[column] as unknown[] | unknown);
  return new Set(cells.map(text).filter((cell) => cell !== null));
}

function text(cell: unknown): string | null {
  return cell === null || cell === undefined ? null : String(cell);
}

/** Whether the case was edited between two runs: its input or expected text is in both and differs. */
export function wasEdited(before: CaseOutcome, after: CaseOutcome): boolean {
  return differs(before.input, after.input) || differs(before.expected, after.expected);
}

function differs(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && hashedText(a) !== hashedText(b);
}
