/** Reads an import once from end to end: its columns, first rows, summary, and the rows themselves where they are few. */

import { type Cell, createProblemLog, type ProblemLog, type RowChunk } from '../../cases/index.ts';
import { createNotebook } from './create-notebook.ts';
import { importedRows } from './imported-rows.ts';
import type { Importer, ImportFile } from './importer.ts';
import type { ImportSummary } from './notebook.ts';

/** Characters of cells that are kept, so that small imports are parsed once. */
const KEPT_CHARACTERS = 1 << 25;

/** An import that can be read again. */
export interface ReadImport {
  readonly summary: ImportSummary;
  /** In order of first appearance. */
  readonly columns: readonly string[];
  /** Columns that hold a list in some row. */
  readonly lists: ReadonlySet<string>;
  readonly sample: ReadonlyMap<string, readonly Cell[]>;
  /** The rows, as often as wanted; problems go to the log. */
  rows(log: ProblemLog): AsyncGenerator<RowChunk>;
}

/**
 * Reads the results of some files.
 *
 * @param score the metric that decides, null for the tool's own
 * @throws DataError with every problem of the files
 */
export async function readImport(
  importer: Importer,
  files: readonly ImportFile[],
  score: string | null,
): Promise<ReadImport> {
  const log = createProblemLog();
  const notebook = createNotebook();
  const columns = new Set<string>();
  const lists = new Set<string>();
  let sample: ReadonlyMap<string, readonly Cell[]> | null = null;
  let kept: RowChunk[] | null = [];
  let characters = 0;
  for await (const chunk of importedRows(importer, files, { log, notebook, score })) {
    sample ??= chunk.columns;
    for (const name of chunk.columns.keys()) columns.add(name);
    characters += sizeOf(chunk, lists);
    if (characters > KEPT_CHARACTERS) kept = null;
    kept?.push(chunk);
  }
  log.throwIfAny();
  const chunks = kept;
  return {
    summary: notebook.summary(),
    columns: [...columns],
    lists,
    sample: sample ?? new Map(),
    async *rows(again) {
      if (chunks !== null) yield* chunks;
      else yield* importedRows(importer, files, { log: again, notebook: createNotebook(), score });
    },
  };
}

/** Characters of a chunk, roughly; notes which columns hold lists. */
function sizeOf({ columns }: RowChunk, lists: Set<string>): number {
  let size = 0;
  for (const [name, cells] of columns) {
    for (const cell of cells) {
      if (cell === null) size += 1;
      else if (typeof cell === 'string') size += cell.length + 1;
      else {
        size += 16 * (1 + cell.length);
        lists.add(name);
      }
    }
  }
  return size;
}
