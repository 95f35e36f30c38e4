/** Opens a comparison in the engine that fits it; DuckDB is loaded only when it is needed. */

import { chooseEngine } from './choose.ts';
import type { ComparisonSource, Engine } from './contract.ts';
import { openMemory } from './memory/open.ts';

/** What an engine may use. */
export interface OpenEngineOptions {
  /** Size of all text files together as plain text (see `plainBytes`); without it rows stay in memory. */
  readonly bytes?: number;
  /** Processors for DuckDB; default all. */
  readonly threads?: number;
  /** Memory for DuckDB as it spells it, such as `2GB`; beyond it, it uses a temporary folder. Default 3GB. */
  readonly memoryLimit?: string;
}

/**
 * Opens a comparison: DuckDB where a side is Parquet or the input is large (see `chooseEngine`), else memory.
 *
 * @throws DataError for rows that cannot be read and for duplicates; EngineError where DuckDB fails
 */
export function openEngine(source: ComparisonSource, options: OpenEngineOptions = {}): Promise<Engine> {
  const parquet = [source.baseline, source.candidate].some((side) => side?.kind === 'parquet');
  const kind = chooseEngine({ parquet, bytes: options.bytes ?? 0 });
  return kind === 'memory' ? openMemory(source) : openDuckDb(source, options);
}

/** Opens a comparison in DuckDB, whatever its size. */
export async function openDuckDb(
  source: ComparisonSource,
  options: Pick<OpenEngineOptions, 'threads' | 'memoryLimit'> = {},
): Promise<Engine> {
  const { openDuckDb: open } = await import('./duckdb/open.ts');
  return open(source, options);
}
