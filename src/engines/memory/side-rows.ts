/** Collects the chunks of one run into whole columns. */

import {
  type Cell,
  type ColumnMapping,
  createProblemLog,
  type PassWords,
  type RowStatus,
  rereadOutcomes,
} from '../../cases/index.ts';
import type { Side, SideSource } from '../contract.ts';
import { type Duplicate, duplicateError, type RowPlace } from '../duplicates.ts';
import { createGrowingColumn, type GrowingColumn } from './growing-column.ts';

/** All rows of one run; every array and column has `length` entries. */
export interface SideRows {
  readonly side: Side;
  readonly mapping: ColumnMapping;
  readonly passWords: PassWords | undefined;
  readonly length: number;
  readonly file: readonly string[];
  readonly line: readonly number[];
  readonly caseId: readonly string[];
  readonly trial: readonly string[];
  readonly status: readonly RowStatus[];
  readonly passed: readonly (0 | 1 | null)[];
  /** Texts are well-formed. */
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** Columns with a list in any row. */
  readonly lists: ReadonlySet<string>;
}

/** Reads all chunks of a side. A column that a chunk lacks is missing in its rows. */
export async function collectRows(
  side: Side,
  source: Extract<SideSource, { kind: 'rows' }>,
): Promise<SideRows> {
  const file: string[] = [];
  const line: number[] = [];
  const caseId: string[] = [];
  const trial: string[] = [];
  const status: RowStatus[] = [];
  const passed: (0 | 1 | null)[] = [];
  const columns = new Map<string, GrowingColumn>();
  for await (const chunk of source.chunks) {
    const before = caseId.length;
    for (let i = 0; i < chunk.lines.length; i++) {
      file.push(chunk.file);
      line.push(chunk.lines[i]!);
      caseId.push(chunk.caseId[i]!.toWellFormed());
      trial.push(chunk.trial[i]!.toWellFormed());
      status.push(chunk.status[i]!);
      passed.push(chunk.passed[i]!);
    }
    for (const [rawName, cells] of chunk.attributes) {
      const name = rawName.toWellFormed();
      const column = columns.get(name) ?? createGrowingColumn();
      columns.set(name, column);
      column.pad(before);
      column.append(cells);
    }
  }
  for (const column of columns.values()) column.pad(caseId.length);
  return {
    side,
    mapping: source.mapping,
    passWords: source.passWords,
    length: caseId.length,
    file,
    line,
    caseId,
    trial,
    status,
    passed,
    columns: new Map([...columns].map(([name, { cells }]) => [name, cells])),
    lists: new Set([...columns].filter(([, column]) => column.hasList()).map(([name]) => name)),
  };
}

/**
 * The rows of the candidate as the baseline's, under its mapping.
 *
 * @throws DataError naming every cell that cannot be read
 */
export function rereadRows(candidate: SideRows, mapping: ColumnMapping): SideRows {
  const log = createProblemLog();
  const outcomes = rereadOutcomes(candidate, mapping, log, candidate.passWords);
  log.throwIfAny();
  return { ...candidate, ...outcomes, side: 'baseline', mapping };
}

/**
 * Fails where a side has two rows of one case and trial.
 *
 * @throws DataError that names every such case and trial with its files and lines
 */
export function refuseDuplicates(rows: SideRows): void {
  const first = new Map<string, number>();
  const duplicates = new Map<string, Duplicate & { places: RowPlace[] }>();
  const hasTrials = rows.trial.some((trial) => trial !== '');
  const placeOf = (row: number): RowPlace => ({ file: rows.file[row]!, line: rows.line[row]! });
  for (let row = 0; row < rows.length; row++) {
    const caseId = rows.caseId[row]!;
    const trial = rows.trial[row]!;
    const key = hasTrials ? `${trial.length}:${trial}${caseId}` : caseId;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, row);
      continue;
    }
    const known = duplicates.get(key);
    if (known) known.places.push(placeOf(row));
    else duplicates.set(key, { caseId, trial, places: [placeOf(earlier), placeOf(row)] });
  }
  if (duplicates.size > 0) throw duplicateError(rows.side, [...duplicates.values()]);
}
