/** Engines count rows; everything else works on the counts. */
export { hashedText } from './cell.ts';
export { chooseEngine, plainBytes } from './choose.ts';

import type { OpenEngine } from './contract.ts';

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
export { openMemory } from './memory/open.ts';

/** Opens the DuckDB engine, which is loaded only now. */
export const openDuckDb: OpenEngine = async (source) => {
  const { openDuckDb: open } = await import('./duckdb/open.ts');
  return open(source);
};
