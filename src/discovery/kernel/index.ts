/** Exact search over all conjunctions of column values, on codes and sums: no names, no statistics, no platform. */

export { collectSlices, visitSlices } from './enumerate.ts';
export { foldRows } from './fold.ts';
export { measureSlices } from './measure.ts';
export { overlap, rowSet, sliceMembers } from './members.ts';
export { searchSlices } from './search.ts';
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
