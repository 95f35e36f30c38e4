/** Reads `--map role=column`: the configuration knows the roles, and what to answer where one is misspelled. */

import type { ColumnMapping } from '../cases/index.ts';

/** @throws UsageError for roles that do not exist */
export async function readMapping(map: readonly string[]): Promise<ColumnMapping> {
  if (map.length === 0) return {};
  const { configFromFlags } = await import('../config/index.ts');
  return configFromFlags({ map, candidate: ['-'] }).columns.both;
}
