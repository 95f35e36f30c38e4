/** Reads cells of single cases: the first trial of each, in the order of the engine's cases. */

import type { Cell } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import { type LoadedRun, rowsOf } from '../../stages/index.ts';

/** What of a case is read. */
export interface CaseCells {
  /** Cells by column and case; a case that the run does not have, or a missing cell, is null. */
  readonly columns: ReadonlyMap<string, readonly Cell[]>;
  /** 1 where the run has the case at all. */
  readonly present: Uint8Array;
  /** 1 where the first trial of the case is an error. */
  readonly failed: Uint8Array;
}

/**
 * Reads some columns of a run for the cases that are named; others are passed over.
 *
 * @param ids cases, each once
 * @throws DataError as the run's reader does
 */
export async function readCaseCells(
  run: LoadedRun,
  ids: readonly string[],
  columns: readonly string[],
): Promise<CaseCells> {
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const cells = new Map(columns.map((column) => [column, new Array<Cell>(ids.length).fill(null)]));
  const present = new Uint8Array(ids.length);
  const failed = new Uint8Array(ids.length);
  const trials = new Array<string>(ids.length);
  const trialColumn = run.opened.mapping.trial;
  const { chunks } = rowsOf(run, trialColumn === undefined ? columns : [...columns, trialColumn]);
  for await (const { caseId, trial, status, attributes } of chunks) {
    const trialCells = trialColumn === undefined ? undefined : attributes.get(trialColumn);
    for (let i = 0; i < caseId.length; i++) {
      const row = rowOf.get(caseId[i]!);
      if (row === undefined) continue;
      // Rows of Parquet come without their roles read.
      const label = trial[i] || String(trialCells?.[i] ?? '');
      if (present[row] === 1 && compareText(label, trials[row]!) >= 0) continue;
      present[row] = 1;
      trials[row] = label;
      failed[row] = status[i] === 'error' ? 1 : 0;
      for (const [column, own] of cells) own[row] = attributes.get(column)?.[i] ?? null;
    }
  }
  return { columns: cells, present, failed };
}
