/** Slices that nobody declared: found by exact search, kept only where cases that had no part in finding them agree. */

export {
  type AssociationMatrix,
  associationMatrix,
  correctedCorrelationRatio,
} from './association-matrix.ts';
export {
  CHANGE_DEFAULTS,
  type ChangeOptions,
  type ChangePoint,
  type CurveBucket,
  type CurveChange,
  changePoint,
  changePoints,
  type SliceChange,
} from './change-point.ts';
export {
  CONFIRM_DEFAULTS,
  type Confirmation,
  type ConfirmedSlice,
  type ConfirmOptions,
  type ConfirmState,
  confirmSlices,
  type ParentTest,
  parentTest,
} from './confirm.ts';
export {
  type CorrectedFamily,
  type Correction,
  correctByLevel,
  correctFamily,
  type LevelFamily,
  levelShares,
  type TestableFamily,
  testableFamily,
} from './corrections.ts';
export {
  type DimensionColumn,
  type DimensionData,
  dimensionFromColumn,
  dimensionFromCounts,
  dimensionsFromColumns,
  type ValueCount,
} from './dimension-data.ts';
export {
  type DiscoveredSlice,
  type Discovery,
  type DiscoveryDirection,
  type DiscoveryInput,
  type DiscoveryOptions,
  discover,
  type Search,
} from './discover.ts';
export { bestSplit, type Split, type SplitRefusal } from './error-split.ts';
export {
  errorTree,
  TREE_DEFAULTS,
  type TreeCondition,
  type TreeNode,
  type TreeOptions,
} from './error-tree.ts';
export {
  CONTRAST_DEFAULTS,
  type ContrastOptions,
  type ContrastWord,
  type ContrastWords,
  contrastWords,
  type ItemContribution,
  type ItemContributions,
  itemContributions,
  mixShift,
  type Neighbour,
  nearestNeighbours,
  type ShiftDecomposition,
  type TokenCounts,
  type ValuePeriods,
  type ValueShift,
  type Vectors,
} from './explain/index.ts';
export {
  FAMILY_DEFAULTS,
  type FamilyOptions,
  type FamilyProposal,
  type ProposedFamily,
  proposeFamilies,
  type SharedTrait,
} from './families.ts';
export { type Heatmap, type HeatmapCell, heatmap } from './heatmap.ts';
export { type JointNull, type JointNullInput, jointNull, type VisitAll } from './joint-null.ts';
export {
  collectSlices,
  type EnumerationOptions,
  type FoundSlice,
  foldRows,
  type LevelCount,
  measureByParts,
  measured,
  measureSlices,
  overlap,
  rowSet,
  type SearchMode,
  type SearchOptions,
  type SearchResult,
  type SearchTable,
  type SliceItem,
  type SliceList,
  type SliceOrder,
  type SliceSums,
  type SliceVisitor,
  searchSlices,
  visitSlices,
  worthFolding,
} from './kernel/index.ts';
export {
  GAP_DEFAULTS,
  type GapOptions,
  type GapState,
  type LargestGap,
  largestGap,
  type ValueGap,
} from './largest-gap.ts';
export { type NumberList, numberList } from './p-value-list.ts';
export {
  type DimensionRanking,
  RANK_DEFAULTS,
  type RankedDimension,
  type RankOptions,
  type RankReason,
  rankDimensions,
  rankingSteps,
} from './rank-dimensions.ts';
export {
  type BeyondParents,
  beyondParents,
  foldSlices,
  overlaps,
  type ParentRule,
  type SliceGroup,
} from './redundancy.ts';
export type { RowTest, RowTestOptions } from './row-test.ts';
export { testRows, testSlice, testStandOut } from './row-tests.ts';
export { type ClusteredTable, type HalvedTable, halvesOf, rowsOfSlice, sumRows } from './rows.ts';
export {
  type DimensionScan,
  type MetricDimensions,
  SCAN_DEFAULTS,
  type ScanCell,
  type ScannedSlice,
  type ScanOptions,
  scanDimensions,
} from './scan-dimensions.ts';
export type { SegmentProfile } from './segment-vectors.ts';
export { singleSlices } from './single-slices.ts';
export {
  complementSums,
  type ErrorKind,
  errorKind,
  type SliceQuestion,
  type SliceTest,
  type SliceTestMethod,
  sliceP,
  sliceTest,
  sliceTestMethod,
  smallestSliceP,
  standOutP,
} from './slice-tests.ts';
