/** The DuckDB engine: for Parquet files, and for more rows than fit in memory. */

import { UsageError } from '../../errors.ts';
import type { ComparisonSource, Engine, Side, SideSource } from '../contract.ts';
import { TOP_DISTINCT_LIMIT } from '../limits.ts';
import { createWideColumns } from './attributes.ts';
import { buildCases } from './case-table.ts';
import { contentKeys } from './content-keys.ts';
import { type CountCache, countCells } from './count.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { fingerprintRows } from './fingerprint.ts';
import { flippedCases } from './flips.ts';
import { openParquet } from './parquet-relation.ts';
import { profileCases } from './profile.ts';
import type { Relation } from './relation.ts';
import { loadRowTable } from './row-table.ts';
import { tableOf } from './table.ts';
import { storedFacts } from './table-facts.ts';
import { unitTable } from './units.ts';
import { writeSide } from './write-rows.ts';

/** How to open a comparison in DuckDB. */
export interface DuckDbOptions extends DatabaseOptions {
  /** Columns with at most so many different texts are turned into codes; 0 turns none (default 1,000). */
  readonly codedTexts?: number;
}

/**
 * Opens a comparison in an embedded DuckDB.
 *
 * @throws DataError for rows that cannot be read and for duplicates; EngineError where DuckDB fails
 */
export async function openDuckDb(source: ComparisonSource, options: DuckDbOptions = {}): Promise<Engine> {
  const database = await openDatabase(options);
  try {
    return await openEngine(database, source, options.codedTexts ?? TOP_DISTINCT_LIMIT);
  } catch (error) {
    database.close();
    throw error;
  }
}

async function openEngine(database: Database, source: ComparisonSource, codedTexts: number): Promise<Engine> {
  const baseline = source.baseline === null ? null : await openSide(database, 'baseline', source.baseline);
  const candidate = await openSide(database, 'candidate', source.candidate);
  const table = await buildCases(database, baseline, candidate, codedTexts);
  const wide = createWideColumns(table);
  const cache: CountCache = new Map();
  const sideOf = (side: Side): Relation => {
    const found = side === 'baseline' ? table.baseline : table.candidate;
    if (found === null) throw new UsageError({ message: 'this comparison has no baseline' });
    return found;
  };
  return {
    kind: 'duckdb',
    profile: () => profileCases(table, wide, cache),
    count: (plan) => countCells(table, wide, cache, plan),
    units: (plan) => unitTable(table, wide, plan),
    table: (plan) => tableOf(table, wide, storedFacts(table, wide, plan.measure), plan),
    flips: (plan) => flippedCases(table, wide, plan),
    async caseIds() {
      const [ids = []] = await database.columns('SELECT id FROM cases ORDER BY id');
      return ids as readonly string[];
    },
    contentKeys: () => contentKeys(table),
    fingerprint: async (side) => fingerprintRows(table, sideOf(side)),
    writeRows: async (side, file, options) => writeSide(table, sideOf(side), file, options),
    close: async () => database.close(),
  };
}

function openSide(database: Database, side: Side, source: SideSource): Promise<Relation> {
  return source.kind === 'rows' ? loadRowTable(database, side, source) : openParquet(database, side, source);
}
