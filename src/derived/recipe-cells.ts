/** Makes the cells of one derived column, by its recipe. */

import { type Cell, probabilityColumns } from '../cases/index.ts';
import { timeBucket } from '../slices/index.ts';
import type { LanguageDetector } from '../text/index.ts';
import type { ChunkCells } from './chunk-cells.ts';
import { countedColumn, type DerivedDimension, givenColumn } from './dimensions.ts';
import { TEXT_FEATURES } from './features.ts';
import { type DerivedModel, fittedColumn, fittedKind, fittedText } from './fit.ts';
import { entryCount, fileSource, toolNames } from './given-cells.ts';
import { labelOfCell, type ProbabilityScore, readProbabilities, scoreRow } from './probabilities/index.ts';
import type { TextCell } from './text-cell.ts';

/** What recipes need beside the rows. */
export interface RecipeTools {
  readonly model: DerivedModel | null;
  readonly language: LanguageDetector | null;
  /** Files of the run. */
  readonly files: number;
}

/** The cell of one row. */
export type CellOfRow = (row: number) => Cell;

/** How to make the cells of a dimension for one chunk. */
export function cellsOf(
  one: DerivedDimension,
  chunk: ChunkCells,
  tools: RecipeTools,
): CellOfRow | Promise<CellOfRow> {
  const { recipe } = one;
  const given = givenColumn(one, chunk.columns);
  switch (recipe.kind) {
    case 'text': {
      const feature = TEXT_FEATURES.find(({ name }) => name === recipe.feature)!;
      const texts =
        one.messages === null ? chunk.texts(recipe.of) : chunk.conversations(recipe.of, one.messages);
      return ofText(texts, (text) => feature.cell(text, tools));
    }
    case 'boilerplate': {
      const runs = tools.model?.runs.get(recipe.of);
      return ofText(chunk.texts(recipe.of), ({ text }) => shareText(runs?.shareOf(text) ?? null));
    }
    case 'cluster':
    case 'logits':
      return ofCluster(one, chunk, tools.model);
    case 'probability':
      return ofProbability(recipe.of, chunk, tools.model);
    case 'time':
      return (row) => {
        const cell = chunk.cell(chunk.mapping.timestamp, row);
        return typeof cell === 'string' ? timeBucket(cell, recipe.by) : null;
      };
    case 'source':
      if (given !== null) return (row) => chunk.cell(given, row);
      return () => (tools.files > 1 ? fileSource(chunk.file) : null);
    case 'turns':
      return orElse(
        given === null ? null : (row) => chunk.cell(given, row),
        ofText(chunk.conversations('input', one.messages), ({ conversation }) =>
          String(conversation?.turns ?? 1),
        ),
      );
    case 'toolCount':
      return toolCounts(one, chunk, given);
    case 'tools':
      if (given !== null) return (row) => toolNames(chunk.cell(given, row));
      return ofText(
        chunk.conversations('input', one.messages),
        ({ conversation }) => conversation?.tools ?? [],
      );
  }
}

/** A list of calls that a row does not have is a list of none; a count that it does not have is not known. */
function toolCounts(one: DerivedDimension, chunk: ChunkCells, given: string | null): CellOfRow {
  if (given !== null) return (row) => chunk.cell(given, row);
  const counted = countedColumn(one, chunk.columns);
  if (counted !== null) return (row) => String(entryCount(chunk.cell(counted, row)));
  return ofText(chunk.conversations('input', one.messages), ({ conversation }) =>
    String(conversation?.toolCalls ?? 0),
  );
}

function orElse(first: CellOfRow | null, second: CellOfRow): CellOfRow {
  return first === null ? second : (row) => first(row) ?? second(row);
}

/** Trials of a case stand one after the other, so the same text often comes again. */
function ofText(texts: readonly (TextCell | null)[], make: (text: TextCell) => Cell): CellOfRow {
  let last: string | null = null;
  let cell: Cell = null;
  return (row) => {
    const found = texts[row] ?? null;
    if (found === null) return null;
    // Conversations that say the same may still differ in what else they hold.
    if (found.conversation !== null) return make(found);
    if (found.text !== last) cell = make(found);
    last = found.text;
    return cell;
  };
}

/** Missing where the row has no true label or no usable probabilities; the diagnosis of the gate says which rows and why. */
function ofProbability(of: ProbabilityScore, chunk: ChunkCells, model: DerivedModel | null): CellOfRow {
  const { mapping } = chunk;
  const where = probabilityColumns(mapping, chunk.columns);
  const labels = model?.labels ?? null;
  if (where === null || labels === null) return () => null;
  return (row) => {
    const truth = labelOfCell(chunk.cell(mapping.expected, row));
    if (truth === null) return null;
    const read = readProbabilities(where, labels, (column) => chunk.cell(column, row));
    if (read.kind !== 'read') return null;
    const scores = scoreRow(read.vector, labels, truth, labelOfCell(chunk.cell(mapping.predicted, row)));
    return scores === null ? null : String(scores[of]);
  };
}

async function ofCluster(
  { recipe }: DerivedDimension,
  chunk: ChunkCells,
  model: DerivedModel | null,
): Promise<CellOfRow> {
  const vectorColumn = model?.vectorColumn ?? null;
  const kind = fittedKind(recipe, vectorColumn);
  const clusters = kind === null ? undefined : model?.clusters.get(kind);
  if (kind === null || clusters === undefined) return () => null;
  const column = fittedColumn(kind, chunk.mapping, vectorColumn);
  const texts = Array.from({ length: chunk.rows }, (_, row) => fittedText(kind, chunk.cell(column, row)));
  const names = await clusters.namesOf(texts);
  return (row) => names[row] ?? null;
}

function shareText(share: number | null): string | null {
  return share === null ? null : String(Math.round(share * 1000) / 1000);
}
