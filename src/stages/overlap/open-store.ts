/** Opens training rows or examples of a prompt, as texts or as a file of salted hashes. */

import type { Cell, ColumnMapping, RowChunk } from '../../cases/index.ts';
import type { OverlapStore } from '../../checks/index.ts';
import { openRecords, type SourceFormat } from '../../sources/index.ts';
import type { RowListener } from '../row-listener.ts';
import { HASH_COLUMNS, type HashKey, readHashedRow } from './hash-file.ts';
import type { OverlapRow } from './items.ts';
import { knownText, labelText } from './read-cases.ts';

/** Which files, and how they are read. */
export interface StoreRequest {
  readonly store: OverlapStore;
  readonly files: readonly string[];
  readonly cwd: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly mapping?: ColumnMapping;
  readonly from?: SourceFormat | null;
  /** Columns that the eval set calls the input and the expected answer, which are tried where nothing else is found. */
  readonly evalInput?: string;
  readonly evalExpected?: string;
  /** What a file of salted hashes must have been made with. */
  readonly key?: HashKey | null;
  /** Gives each row its id and the cell of a column of vectors, where one is named. */
  readonly beside?: { readonly vectors: string | null };
  /** Hears the rows as they are read. */
  readonly listen?: RowListener;
}

/** A store whose columns are known. */
export interface StoreFiles {
  readonly files: readonly string[];
  readonly bytes: number;
  readonly columns: readonly string[];
  /** Column of the texts; null where there is none. */
  readonly input: string | null;
  readonly expected: string | null;
  readonly caseId: string | null;
  /** Rows are salted hashes. */
  readonly isHashed: boolean;
  readonly notes: readonly string[];
  rows(): AsyncIterable<OverlapRow>;
}

/** What stores of examples and passages call their text, where no usual name is found. */
const TEXT_NAMES = ['content', 'passage', 'document', 'example', 'body', 'sentence', 'utterance'];

/** @throws DataError for files that are missing, empty or unreadable */
export async function openStore(request: StoreRequest): Promise<StoreFiles> {
  const { files, cwd, stdin, mapping = {}, from = null } = request;
  const records = await openRecords({ files, mapping, cwd, from, ...(stdin === undefined ? {} : { stdin }) });
  const { columns } = records;
  const isHashed = columns.includes(HASH_COLUMNS.hashes);
  const known = (name: string | undefined) =>
    name !== undefined && columns.includes(name) ? name : undefined;
  const input =
    records.mapping.input ?? known(request.evalInput) ?? TEXT_NAMES.find((name) => columns.includes(name));
  const expected = records.mapping.expected ?? known(request.evalExpected);
  const read = isHashed
    ? (chunk: RowChunk, row: number) => readHashedRow(chunk, row, request.key ?? null)
    : (chunk: RowChunk, row: number) => textRow(chunk, row, input, expected);
  const { caseId } = records.mapping;
  const { beside } = request;
  const besideOf = (chunk: RowChunk, row: number) => ({
    id: labelText(cellIn(chunk, row, caseId)),
    vector: cellIn(chunk, row, beside?.vectors ?? undefined),
  });
  return {
    files: records.files,
    bytes: records.bytes,
    columns,
    input: input ?? null,
    expected: expected ?? null,
    caseId: records.mapping.caseId ?? null,
    isHashed,
    notes: records.notes,
    rows: async function* () {
      const hear = request.listen?.(records);
      for await (const chunk of records.rows()) {
        hear?.(chunk);
        for (let row = 0; row < chunk.lines.length; row++) {
          const own = read(chunk, row);
          yield beside === undefined ? own : { ...own, beside: besideOf(chunk, row) };
        }
      }
    },
  };
}

function cellIn({ columns }: RowChunk, row: number, column: string | undefined): Cell {
  return column === undefined ? null : (columns.get(column)?.[row] ?? null);
}

function textRow(
  chunk: RowChunk,
  row: number,
  input: string | undefined,
  expected: string | undefined,
): OverlapRow {
  const text = knownText(cellIn(chunk, row, input));
  return {
    file: chunk.file,
    line: chunk.lines[row]!,
    label: labelText(cellIn(chunk, row, expected)),
    content: text === null ? null : { kind: 'text', text },
  };
}
