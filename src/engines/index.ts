/** Engines count rows; everything else works on the counts. */
export { hashedText } from './cell.ts';
export { chooseEngine, plainBytes } from './choose.ts';
export type {
  ColumnProfile,
  ComparisonProfile,
  ComparisonSource,
  Engine,
  OpenEngine,
  RunProfile,
  SameRows,
  SettledColumn,
  Side,
  SideSource,
} from './contract.ts';
export { DuplicateError } from './duplicates.ts';
export { openMemory } from './memory/open.ts';
export { type OpenEngineOptions, openDuckDb, openEngine } from './open.ts';
export { type ParquetCellsRequest, readParquetCells, widenParquet } from './parquet-access.ts';
export { whereText } from './sql/where-text.ts';
