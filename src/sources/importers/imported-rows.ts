/** Turns imported results into rows as every other reader hands them on. */

import { type Cell, isErrorText, type RowChunk } from '../../cases/index.ts';
import { type ChunkBuilder, createChunkBuilder } from '../chunk-builder.ts';
import { IMPORTED_COLUMNS } from './imported-columns.ts';
import type { ImportedResult } from './imported-result.ts';
import type { ImportContext, Importer, ImportFile } from './importer.ts';

/** More different columns than this are not columns but data. */
const MOST_COLUMNS = 2_000;

/** Names that fixed columns have, so that nothing else takes them. */
const FIXED: ReadonlySet<string> = new Set(Object.values(IMPORTED_COLUMNS));

/**
 * The results of some files in chunks; counts each in the notebook. Columns are `IMPORTED_COLUMNS`, `tags.NAME`,
 * `scores.NAME` and extras under their own name (`extra.NAME` where that is taken). Cells that no row fills have no column.
 */
export async function* importedRows(
  importer: Importer,
  files: readonly ImportFile[],
  context: ImportContext,
): AsyncGenerator<RowChunk> {
  const [first, ...others] = files.map(({ source }) => source.label);
  const builder = createChunkBuilder(others.length === 0 ? first! : `${first} and ${others.length} more`);
  const write = createRowWriter(builder, context);
  for await (const result of importer.read(files, context)) {
    context.notebook.count(result);
    builder.endRow(result.line, write(result));
    if (builder.isFull()) yield builder.take()!;
  }
  const last = builder.take();
  if (last !== null) yield last;
}

/** Sets the cells of one result; gives its characters. */
function createRowWriter(
  builder: ChunkBuilder,
  { notebook }: ImportContext,
): (result: ImportedResult) => number {
  const known = new Set<string>();
  let characters = 0;

  function set(name: string, cell: Cell | undefined): void {
    if (cell === null || cell === undefined) return;
    if (!known.has(name)) {
      if (known.size >= MOST_COLUMNS) {
        notebook.unmapped(`columns beyond the first ${MOST_COLUMNS}`);
        return;
      }
      known.add(name);
    }
    characters += typeof cell === 'string' ? cell.length : cell.reduce((sum, tag) => sum + tag.length, 0);
    builder.set(builder.column(name), wellFormed(cell));
  }

  return (result) => {
    characters = 0;
    setFixed(result, set);
    for (const [name, cell] of Object.entries(result.tags ?? {})) set(`tags.${name}`, cell);
    for (const [name, value] of Object.entries(result.scores ?? {})) set(`scores.${name}`, valueText(value));
    for (const [name, cell] of Object.entries(result.extra ?? {})) {
      const isTaken = FIXED.has(name) || /^(?:tags|scores|extra)\./.test(name) || name === '';
      set(isTaken ? `extra.${name}` : name, cell);
    }
    return characters;
  };
}

function setFixed(result: ImportedResult, set: (name: string, cell: Cell | undefined) => void): void {
  const isScored = result.status === 'scored';
  set(IMPORTED_COLUMNS.run, result.run);
  set(IMPORTED_COLUMNS.caseId, result.caseId);
  set(IMPORTED_COLUMNS.trial, result.trial);
  // What the source calls unscored must not be read as a failure, so its pass and score stay empty.
  set(IMPORTED_COLUMNS.passed, isScored ? valueText(result.passed) : null);
  set(IMPORTED_COLUMNS.score, isScored ? valueText(result.score) : null);
  if (result.status === 'error') set(IMPORTED_COLUMNS.error, errorCell(result.error ?? ''));
  set(IMPORTED_COLUMNS.input, result.input);
  set(IMPORTED_COLUMNS.expected, result.expected);
  set(IMPORTED_COLUMNS.output, result.output);
  set(IMPORTED_COLUMNS.latencyMs, valueText(result.latencyMs));
  set(IMPORTED_COLUMNS.costUsd, valueText(result.costUsd));
  set(IMPORTED_COLUMNS.inputTokens, valueText(result.inputTokens));
  set(IMPORTED_COLUMNS.outputTokens, valueText(result.outputTokens));
  set(IMPORTED_COLUMNS.totalTokens, valueText(result.totalTokens));
  set(IMPORTED_COLUMNS.timestamp, result.timestamp);
  set(IMPORTED_COLUMNS.model, result.model);
  set(IMPORTED_COLUMNS.cluster, result.cluster);
  set(IMPORTED_COLUMNS.judgeFingerprint, result.judgeFingerprint);
  set(IMPORTED_COLUMNS.datasetFingerprint, result.datasetFingerprint);
  set(IMPORTED_COLUMNS.promptFingerprint, result.promptFingerprint);
  set(IMPORTED_COLUMNS.codeFingerprint, result.codeFingerprint);
}

/** A text that is surely read as an error, such as `error: none` for `none`. */
function errorCell(text: string): string {
  if (isErrorText(text)) return text;
  return text.trim() === '' ? 'error without a text' : `error: ${text}`;
}

/** Numbers that are not finite are missing. */
function valueText(value: number | boolean | null | undefined): string | null {
  if (value === null || value === undefined || !Number.isFinite(Number(value))) return null;
  return String(value);
}

/** Half of a surrogate pair becomes U+FFFD, as in every other reader. */
function wellFormed(cell: string | readonly string[]): string | readonly string[] {
  if (typeof cell === 'string') return cell.isWellFormed() ? cell : cell.toWellFormed();
  return cell.every((tag) => tag.isWellFormed()) ? cell : cell.map((tag) => tag.toWellFormed());
}
