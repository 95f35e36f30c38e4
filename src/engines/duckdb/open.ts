/** The DuckDB engine: for Parquet files, and for more rows than fit in memory. */

import { UsageError } from '../../errors.ts';
import type { ComparisonProfile, ComparisonSource, Engine, Side, SideSource } from '../contract.ts';
import { TOP_DISTINCT_LIMIT } from '../limits.ts';
import { refuseRowPairs } from '../plan.ts';
import { settlerOf } from '../settled-column.ts';
import { createWideColumns, type StoredColumns } from './attributes.ts';
import { caseRows } from './case-rows.ts';
import { buildCases, type CaseTable, isScannable } from './case-table.ts';
import { caseLister } from './cases.ts';
import { contentKeys } from './content-keys.ts';
import { type CountCache, countCells } from './count.ts';
import { type Database, type DatabaseOptions, openDatabase } from './database.ts';
import { fingerprintRows } from './fingerprint.ts';
import { flippedCases } from './flips.ts';
import { labelledCases } from './labelled-cases.ts';
import { labelCounter, labelFinder } from './labels.ts';
import { openParquet } from './parquet-relation.ts';
import { profileCases } from './profile.ts';
import type { Relation } from './relation.ts';
import { loadRowTable } from './row-table.ts';
import { profileScanned, type Scanned, scanOf } from './scan.ts';
import { settleColumn } from './settle.ts';
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
  refuseRowPairs(source);
  const relations = await openSides(database, source);
  await database.confine(filesOf(source));
  const build = async (): Promise<Joined> => {
    const baseline = relations.length === 1 ? null : relations[0]!;
    const table = await buildCases(database, baseline, relations.at(-1)!, codedTexts);
    const wide = createWideColumns(table);
    const finder = labelFinder(table);
    return {
      table,
      wide,
      cache: new Map(),
      labels: labelCounter(table, wide, finder),
      labelled: (plan) => labelledCases(table, wide, finder, plan),
      cases: caseLister(table, wide),
    };
  };
  const scanned: Scanned | null = isScannable(relations)
    ? { relations, dictionaries: new Map(), known: new Set() }
    : null;
  // Joining finds duplicates, which rows that are cases of their own cannot have: these are joined when it is needed.
  let built: Promise<Joined> | null = scanned !== null ? null : Promise.resolve(await build());
  const joined = (): Promise<Joined> => {
    built ??= build();
    return built;
  };
  const profile = async (): Promise<ComparisonProfile> => {
    const found = scanned && built === null ? await profileScanned(database, scanned, codedTexts) : null;
    if (found !== null) return found;
    const { table, wide, cache } = await joined();
    return profileCases(table, wide, cache);
  };
  // What is settled later changes counts of cases, never what the files hold.
  let before: ComparisonProfile | null = null;
  const settle = settlerOf(async (column) => {
    const { table, wide, cache } = await joined();
    return settleColumn(table, wide, cache, column);
  });
  return {
    kind: 'duckdb',
    profile: async () => before ?? profile(),
    async settle(columns) {
      if (relations.length === 1) return [];
      before ??= await profile();
      return settle(columns);
    },
    async count(plan) {
      const { table, wide, cache } = await joined();
      return countCells(table, wide, cache, plan);
    },
    async units(plan) {
      const { table, wide } = await joined();
      return unitTable(table, wide, plan);
    },
    async table(plan) {
      if (scanned !== null) return tableOf(await scanOf(database, scanned, codedTexts, plan), plan);
      const { table, wide } = await joined();
      return tableOf({ table, wide, facts: storedFacts(table, wide, plan.measure) }, plan);
    },
    async flips(plan) {
      const { table, wide } = await joined();
      return flippedCases(table, wide, plan);
    },
    async labels(plan) {
      const { labels } = await joined();
      return labels(plan);
    },
    async labelled(plan) {
      const { labelled } = await joined();
      return labelled(plan);
    },
    async cases(plan) {
      const { cases } = await joined();
      return cases(plan);
    },
    caseRows: async (id) => caseRows((await joined()).table, id),
    async caseIds() {
      await joined();
      const [ids = []] = await database.columns('SELECT id FROM cases ORDER BY id');
      return ids as readonly string[];
    },
    contentKeys: async () => contentKeys((await joined()).table),
    async fingerprint(side) {
      const { table } = await joined();
      return fingerprintRows(table, sideOf(table, side));
    },
    async writeRows(side, file, options) {
      const { table } = await joined();
      return writeSide(table, sideOf(table, side), file, options);
    },
    close: async () => database.close(),
  };
}

/** The table of cases with what was worked out over it. */
interface Joined {
  readonly table: CaseTable;
  readonly wide: StoredColumns;
  readonly cache: CountCache;
  readonly labels: Engine['labels'];
  readonly labelled: Engine['labelled'];
  readonly cases: Engine['cases'];
}

function sideOf({ baseline, candidate }: CaseTable, side: Side): Relation {
  const found = side === 'baseline' ? baseline : candidate;
  if (found === null) throw new UsageError({ message: 'this comparison has no baseline' });
  return found;
}

/** Files that are read again by every question: Parquet stays on the disk, rows of texts are in the database. */
function filesOf({ baseline, candidate }: ComparisonSource): readonly string[] {
  return [baseline, candidate].flatMap((side) => (side?.kind === 'parquet' ? side.files : []));
}

/** The runs that there are, baseline first. */
async function openSides(
  database: Database,
  { baseline, candidate }: ComparisonSource,
): Promise<readonly Relation[]> {
  if (baseline === null) return openSide(database, 'candidate', candidate);
  if (baseline.kind !== 'same') {
    return [
      ...(await openSide(database, 'baseline', baseline)),
      ...(await openSide(database, 'candidate', candidate)),
    ];
  }
  if (candidate.kind === 'rows') return loadRowTable(database, 'candidate', candidate, baseline.mapping);
  return [
    await openParquet(database, 'baseline', { ...candidate, mapping: baseline.mapping }),
    await openParquet(database, 'candidate', candidate),
  ];
}

async function openSide(database: Database, side: Side, source: SideSource): Promise<readonly Relation[]> {
  return source.kind === 'rows'
    ? loadRowTable(database, side, source)
    : [await openParquet(database, side, source)];
}
