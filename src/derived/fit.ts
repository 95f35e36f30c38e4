/** First pass over all runs: what must be known of all texts before the first cell can be made. */

import type { Cell, ColumnMapping, ResultChunk } from '../cases/index.ts';
import { countRuns, type RunCounts } from '../text/index.ts';
import {
  type ClusterModel,
  type ClusterSettings,
  fitTextClusters,
  fitVectorClusters,
} from './cluster-model.ts';
import { derivedDimension, type Recipe } from './dimensions.ts';
import { fitEmbeddedClusters, type NamedTextModel } from './embedded-clusters.ts';
import { collectLabels, type ProbabilityLabels } from './probabilities/index.ts';
import { cellText, textOfCell } from './text-cell.ts';
import { createTextSample, type TextSample } from './text-sample.ts';

/** The rows of one run. */
export interface RunRows {
  readonly chunks: AsyncIterable<ResultChunk> | Iterable<ResultChunk>;
  readonly mapping: ColumnMapping;
}

/** What is fitted on: texts of a role, or vectors that cells spell. */
export type FittedKind = 'input' | 'output' | 'logits' | 'vectors';

/** How to fit. */
export interface FitSettings extends ClusterSettings {
  /** The positive label of two, where the configuration names it. */
  readonly positive?: string;
  /** Column of vectors by which inputs are clustered instead of by their words. */
  readonly vectorColumn?: string;
  /** Model by which inputs are clustered instead of by their words. */
  readonly model?: NamedTextModel;
}

/** What was fitted; the same for all runs of a comparison. */
export interface DerivedModel {
  readonly runs: ReadonlyMap<FittedKind, RunCounts>;
  readonly clusters: ReadonlyMap<FittedKind, ClusterModel>;
  readonly vectorColumn: string | null;
  /** Labels that probabilities are about; null where no dimension needs them. */
  readonly labels: ProbabilityLabels | null;
}

/** Whether any of the dimensions needs the pass at all. */
export function needsFit(wanted: readonly string[]): boolean {
  return wanted.some((name) => derivedDimension(name)?.fitted === true);
}

/** What a recipe is fitted on; null where it is not. */
export function fittedKind(recipe: Recipe, vectorColumn: string | null): FittedKind | null {
  switch (recipe.kind) {
    case 'boilerplate':
      return recipe.of;
    case 'cluster':
      return recipe.of === 'input' && vectorColumn !== null ? 'vectors' : recipe.of;
    case 'logits':
      return 'logits';
    default:
      return null;
  }
}

/** The column that holds what is fitted on. */
export function fittedColumn(
  kind: FittedKind,
  mapping: ColumnMapping,
  vectorColumn: string | null,
): string | undefined {
  if (kind === 'vectors') return vectorColumn ?? undefined;
  return mapping[kind === 'logits' ? 'probabilities' : kind];
}

/** What a cell means to a fit: the text of a role, or the cell itself where it spells a vector. */
export function fittedText(kind: FittedKind, cell: Cell): string | null {
  return kind === 'input' || kind === 'output' ? (textOfCell(cell)?.text ?? null) : cellText(cell);
}

interface Collection {
  readonly kind: FittedKind;
  readonly sample: TextSample;
  readonly runs: RunCounts | null;
  readonly isClustered: boolean;
}

/**
 * Reads the texts of all runs of a comparison once. The same texts give the same model, in any order of rows, files and
 * runs; each distinct text counts once, so that trials and both runs weigh a text no more than once.
 */
export async function fitDerived(
  runs: readonly RunRows[],
  wanted: readonly string[],
  settings: FitSettings,
): Promise<DerivedModel> {
  const vectorColumn = settings.vectorColumn ?? null;
  const collections = collectionsFor(wanted, vectorColumn);
  const labels = wanted.some((name) => derivedDimension(name)?.recipe.kind === 'probability')
    ? collectLabels()
    : null;
  for (const { chunks, mapping } of runs) {
    for await (const chunk of chunks) {
      const { attributes } = chunk;
      labels?.add(chunk, mapping);
      for (const collection of collections) {
        const column = fittedColumn(collection.kind, mapping, vectorColumn);
        if (column !== undefined) collect(collection, attributes.get(column) ?? []);
      }
    }
  }
  const clusters = new Map<FittedKind, ClusterModel>();
  for (const { kind, sample, isClustered } of collections) {
    const model = isClustered ? await fitClusters(kind, sample, settings) : null;
    if (model !== null) clusters.set(kind, model);
  }
  return {
    runs: new Map(collections.flatMap(({ kind, runs: counts }) => (counts === null ? [] : [[kind, counts]]))),
    clusters,
    vectorColumn,
    labels: labels?.labels(settings.positive ?? null) ?? null,
  };
}

async function fitClusters(
  kind: FittedKind,
  sample: TextSample,
  settings: FitSettings,
): Promise<ClusterModel | null> {
  if (kind === 'logits' || kind === 'vectors') return fitVectorClusters(sample, settings);
  const { model } = settings;
  return kind === 'input' && model !== undefined
    ? fitEmbeddedClusters(sample, settings, model)
    : fitTextClusters(sample, settings);
}

function collectionsFor(wanted: readonly string[], vectorColumn: string | null): readonly Collection[] {
  const recipes = wanted.flatMap((name) => derivedDimension(name)?.recipe ?? []);
  const byKind = Map.groupBy(recipes, (recipe) => fittedKind(recipe, vectorColumn));
  return [...byKind].flatMap(([kind, own]) => {
    if (kind === null) return [];
    return {
      kind,
      sample: createTextSample(),
      runs: own.some((recipe) => recipe.kind === 'boilerplate') ? countRuns() : null,
      isClustered: own.some((recipe) => recipe.kind !== 'boilerplate'),
    };
  });
}

function collect({ kind, sample, runs }: Collection, cells: readonly Cell[]): void {
  for (const cell of cells) {
    const text = fittedText(kind, cell);
    if (text !== null && sample.add(text)) runs?.add(text);
  }
}
