/** Turns rows into rows with derived columns, chunk by chunk. */

import type { Cell, ColumnMapping, ResultChunk } from '../cases/index.ts';
import { loadLanguageDetector } from '../text/index.ts';
import { readChunk } from './chunk-cells.ts';
import { definitionText } from './cluster-model.ts';
import { DEFINITION_SUFFIX, type DerivedDimension, derivedDimension } from './dimensions.ts';
import { type DerivedModel, fittedKind } from './fit.ts';
import { cellsOf, type RecipeTools } from './recipe-cells.ts';

/** Which run the rows belong to. */
export type RowsSide = 'baseline' | 'candidate';

/** What else is known. */
export interface DeriveOptions {
  /** From `fitDerived`; without it fitted dimensions are missing. */
  readonly model?: DerivedModel;
  /** Files of the run; with several, `derived.source` falls back to their names. Default 1. */
  readonly files?: number;
}

/**
 * The same rows with the wanted derived columns beside their own; clusters bring a column that says how they were made. A
 * column that the rows have already is replaced. Cells are missing where what they are made from is missing or a hash, and
 * in columns that belong to the other run.
 *
 * @param wanted names such as `derived.language`; unknown ones are passed over
 */
export async function* deriveRows(
  chunks: AsyncIterable<ResultChunk> | Iterable<ResultChunk>,
  mapping: ColumnMapping,
  side: RowsSide,
  wanted: readonly string[],
  { model, files }: DeriveOptions = {},
): AsyncGenerator<ResultChunk> {
  const dimensions = wanted.flatMap((name) => derivedDimension(name) ?? []);
  const needsLanguage = dimensions.some(
    ({ recipe, filledBy }) =>
      recipe.kind === 'text' && recipe.feature === 'language' && (filledBy === 'both' || filledBy === side),
  );
  const language = needsLanguage ? await loadLanguageDetector() : null;
  const tools: RecipeTools = { model: model ?? null, language, files: files ?? 1 };
  for await (const chunk of chunks) {
    const attributes = new Map(chunk.attributes);
    const cells = readChunk(chunk, mapping);
    for (const one of dimensions) {
      const isOwn = one.filledBy === 'both' || one.filledBy === side;
      const cellOf = isOwn ? await cellsOf(one, cells, tools) : () => null;
      attributes.set(
        one.name,
        Array.from({ length: cells.rows }, (_, row): Cell => cellOf(row)),
      );
      const definition = definitionOf(one, tools.model);
      if (definition === undefined) continue;
      const text = isOwn ? definition : null;
      attributes.set(`${one.name}${DEFINITION_SUFFIX}`, new Array<Cell>(cells.rows).fill(text));
    }
    yield { ...chunk, attributes };
  }
}

/** The columns that `deriveRows` adds: the wanted ones, and definitions of clusters. */
export function derivedColumns(wanted: readonly string[]): readonly string[] {
  return wanted.flatMap((name) => {
    const one = derivedDimension(name);
    if (one === null) return [];
    return isCluster(one) ? [name, `${name}${DEFINITION_SUFFIX}`] : [name];
  });
}

function isCluster({ recipe }: DerivedDimension): boolean {
  return recipe.kind === 'cluster' || recipe.kind === 'logits';
}

/** Undefined for a dimension that is no cluster; null where nothing could be fitted. */
function definitionOf(one: DerivedDimension, model: DerivedModel | null): string | null | undefined {
  if (!isCluster(one)) return undefined;
  const kind = fittedKind(one.recipe, model?.vectorColumn ?? null);
  const clusters = kind === null ? undefined : model?.clusters.get(kind);
  return clusters === undefined ? null : definitionText(clusters.definition);
}
