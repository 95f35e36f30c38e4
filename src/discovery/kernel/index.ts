/** Exact search over all conjunctions of column values, on codes and sums: no names, no statistics, no platform. */

export { collectSlices, visitSlices } from './enumerate.ts';
export { foldRows, pick, worthFolding } from './fold.ts';
export { measureSlices } from './measure.ts';
export { type CellSums, type Measured, measureByParts, measured } from './measured.ts';
export { overlap, rowSet } from './members.ts';
export { isBinary } from './pack.ts';
export { searchSlices } from './search.ts';
export { addSums, noSums } from './sums.ts';
export type {
  EnumerationOptions,
  FoundSlice,
  LevelCount,
  SearchMode,
  SearchOptions,
  SearchResult,
  SearchTable,
  SliceItem,
  SliceList,
  SliceOrder,
  SliceSums,
  SliceVisitor,
} from './types.ts';
