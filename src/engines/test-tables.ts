/** Small tables of results for the tests of engines: written as rows, handed over as chunks. */

import type { Cell, ColumnMapping, ResultChunk, RowStatus } from '../cases/index.ts';
import type { SideSource } from './contract.ts';

/** One row of a test table; what became of it is `passed`, unless `status` says otherwise. */
export interface TestRow {
  readonly id: string;
  readonly trial?: string;
  readonly passed?: 0 | 1 | null;
  readonly status?: RowStatus;
  readonly cells?: Readonly<Record<string, Cell>>;
}

/** Rows as the chunks that readers would hand over: `size` rows each, all cells of a chunk in its columns. */
export function chunksOf(rows: readonly TestRow[], size = 3, file = 'test.jsonl'): readonly ResultChunk[] {
  const chunks: ResultChunk[] = [];
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    const names = [...new Set(part.flatMap((row) => Object.keys(row.cells ?? {})))];
    chunks.push({
      file,
      lines: part.map((_, i) => from + i + 1),
      caseId: part.map((row) => row.id),
      trial: part.map((row) => row.trial ?? ''),
      status: part.map(statusOf),
      passed: part.map((row) => (statusOf(row) === 'scored' ? (row.passed ?? null) : null)),
      attributes: new Map(names.map((name) => [name, part.map((row) => cellOf(row, name))])),
    });
  }
  return chunks;
}

function statusOf(row: TestRow): RowStatus {
  return row.status ?? (row.passed === undefined || row.passed === null ? 'unscored' : 'scored');
}

function cellOf(row: TestRow, name: string): Cell {
  return Object.hasOwn(row.cells ?? {}, name) ? row.cells![name]! : null;
}

/** A side of a comparison with these rows. */
export function sideOf(
  rows: readonly TestRow[],
  mapping: ColumnMapping = { caseId: 'id' },
  size?: number,
): SideSource {
  return { kind: 'rows', chunks: chunksOf(rows, size), mapping };
}
