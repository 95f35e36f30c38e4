/** Makes the cells of one derived column, by its recipe. */

import type { Cell } from '../cases/index.ts';
import { timeBucket } from '../slices/index.ts';
import type { LanguageDetector } from '../text/index.ts';
import type { ChunkCells } from './chunk-cells.ts';
import { type DerivedDimension, givenColumn } from './dimensions.ts';
import { TEXT_FEATURES } from './features.ts';
import { type DerivedModel, fittedColumn, fittedKind, fittedText } from './fit.ts';
import { fileSource, toolNames } from './given-cells.ts';
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
export function cellsOf(one: DerivedDimension, chunk: ChunkCells, tools: RecipeTools): CellOfRow {
  const { recipe } = one;
  const given = givenColumn(one, chunk.columns);
  switch (recipe.kind) {
    case 'text': {
      const feature = TEXT_FEATURES.find(({ name }) => name === recipe.feature)!;
      return ofText(chunk, recipe.of, (text) => feature.cell(text, tools));
    }
    case 'boilerplate': {
      const runs = tools.model?.runs.get(recipe.of);
      return ofText(chunk, recipe.of, ({ text }) => shareText(runs?.shareOf(text) ?? null));
    }
    case 'cluster':
    case 'logits':
      return ofCluster(one, chunk, tools.model);
    case 'time':
      return (row) => {
        const cell = chunk.cell(chunk.mapping.timestamp, row);
        return typeof cell === 'string' ? timeBucket(cell, recipe.by) : null;
      };
    case 'source':
      if (given !== null) return (row) => chunk.cell(given, row);
      return () => (tools.files > 1 ? fileSource(chunk.file) : null);
    case 'turns':
      if (given !== null) return (row) => chunk.cell(given, row);
      return ofText(chunk, 'input', ({ conversation }) => String(conversation?.turns ?? 1));
    case 'toolCount':
      if (given !== null) return (row) => chunk.cell(given, row);
      return ofText(chunk, 'input', ({ conversation }) => String(conversation?.toolCalls ?? 0));
    case 'tools':
      if (given !== null) return (row) => toolNames(chunk.cell(given, row));
      return ofText(chunk, 'input', ({ conversation }) => conversation?.tools ?? []);
  }
}

/** Trials of a case stand one after the other, so the same text often comes again. */
function ofText(chunk: ChunkCells, role: 'input' | 'output', make: (text: TextCell) => Cell): CellOfRow {
  const texts = chunk.texts(role);
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

function ofCluster({ recipe }: DerivedDimension, chunk: ChunkCells, model: DerivedModel | null): CellOfRow {
  const vectorColumn = model?.vectorColumn ?? null;
  const kind = fittedKind(recipe, vectorColumn);
  const clusters = kind === null ? undefined : model?.clusters.get(kind);
  if (kind === null || clusters === undefined) return () => null;
  const column = fittedColumn(kind, chunk.mapping, vectorColumn);
  let last: string | null = null;
  let name: string | null = null;
  return (row) => {
    const text = fittedText(kind, chunk.cell(column, row));
    if (text === null) return null;
    if (text !== last) name = clusters.nameOf(text);
    last = text;
    return name;
  };
}

function shareText(share: number | null): string | null {
  return share === null ? null : String(Math.round(share * 1000) / 1000);
}
