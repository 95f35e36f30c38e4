/** Engines count rows; everything else works on the counts. */
export type {
  ColumnProfile,
  ComparisonProfile,
  ComparisonSource,
  Engine,
  OpenEngine,
  RunProfile,
  Side,
  SideSource,
} from './contract.ts';
