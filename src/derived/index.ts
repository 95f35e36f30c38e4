/** Derived dimensions: columns that are computed from what the rows say. */
export {
  type ClusterDefinition,
  type ClusterModel,
  type ClusterSettings,
  definitionText,
  parseVector,
} from './cluster-model.ts';
export { type DeriveOptions, derivedColumns, deriveRows, type RowsSide } from './derive-rows.ts';
export {
  absence,
  columnGrouping,
  columnsRead,
  DEFINITION_SUFFIX,
  DERIVE_VERSION,
  DERIVED,
  DERIVED_DIMENSIONS,
  type DerivedDimension,
  derivedDimension,
  derivedGroupings,
  givenColumn,
  isDerivedName,
} from './dimensions.ts';
export type { NamedTextModel } from './embedded-clusters.ts';
export { type DerivedModel, type FitSettings, fitDerived, needsFit, type RunRows } from './fit.ts';
export {
  collectLabels,
  labelOfCell,
  type ProbabilityLabels,
  probabilityLabels,
  type RowScores,
  readProbabilities,
  scoreRow,
} from './probabilities/index.ts';
export { type TextCell, textOfCell } from './text-cell.ts';
