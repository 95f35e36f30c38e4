/** Vectors that the user brings for the clusters of inputs: a column of the runs, or a file by case id. */

import { dirname, resolve } from 'node:path';
import type { ResultChunk } from '../cases/index.ts';
import type { Config } from '../config/index.ts';
import { readParquetCells } from '../engines/index.ts';
import { ConfigError, DataError } from '../errors.ts';
import { type OpenedRun, openRun } from '../sources/index.ts';
import { fileIdentity } from './derived-cache.ts';
import type { BothRuns } from './loaded-run.ts';

/** Where the vectors of the inputs come from. */
export interface InputVectors {
  /** Column that holds them; of a file, the column that `withVectors` adds. */
  readonly column: string;
  /** Vectors by case id as the file spells them; null where the runs have the column. */
  readonly byCase: ReadonlyMap<string, string> | null;
  /** What a cached cell depends on. */
  readonly facts: unknown;
}

/** Column that carries the vectors of a file beside the rows; it is taken away again. */
const CARRIED = 'derived.vector';

/** Names of the column of a vector file, best first. */
export const VECTOR_NAMES = ['vector', 'embedding', 'values'] as const;

/** Says whether vectors are named as a file, by its ending; else they are a column. */
export const IS_VECTOR_FILE = /\.(?:jsonl|ndjson|json|csv|tsv|parquet)(?:\.gz|\.zst)?$/i;

/**
 * The vectors that the configuration names, or null where it names none.
 *
 * @throws ConfigError where no run has the column, DataError where the file cannot be read
 */
export async function inputVectors(
  config: Config,
  runs: BothRuns,
  cwd: string,
): Promise<InputVectors | null> {
  const said = config.clusters?.vectors ?? null;
  if (said === null) return null;
  if (!IS_VECTOR_FILE.test(said)) {
    const has = [runs.baseline, runs.candidate].some((run) => run?.opened.columns.includes(said));
    if (has) return { column: said, byCase: null, facts: said };
    throw new ConfigError({
      message: `clusters.vectors names the column '${said}', which neither run has`,
      hint: 'name a column, or a .jsonl or .parquet file with vectors by case id',
      where: { ...(config.file === null ? {} : { file: config.file }), field: 'clusters.vectors' },
    });
  }
  const path = resolve(cwd, config.file === null ? '.' : dirname(config.file), said);
  const unused = { passed: '', score: '', error: '', trial: '' };
  const opened = await openRun({ files: [path], run: null, mapping: unused, cwd });
  const column = VECTOR_NAMES.find((name) => opened.columns.includes(name));
  if (column === undefined) {
    throw new DataError({
      message: `${said} has no column ${VECTOR_NAMES.join(', ')}`,
      where: { file: said },
    });
  }
  const byCase = new Map<string, string>();
  for await (const { caseId, attributes } of rowsOf(opened, column)) {
    attributes.get(column)?.forEach((cell, row) => {
      if (cell !== null) byCase.set(caseId[row]!, typeof cell === 'string' ? cell : cell.join(' '));
    });
  }
  return { column: CARRIED, byCase, facts: await fileIdentity([path], cwd) };
}

async function* rowsOf({ source, mapping }: OpenedRun, column: string): AsyncGenerator<ResultChunk> {
  if (source.kind === 'rows') yield* source.chunks;
  else {
    for (const file of source.files) {
      yield* readParquetCells({ file, columns: [column], caseId: mapping.caseId ?? null, run: null });
    }
  }
}

/** The rows with the vectors of the file beside them, for as long as they are looked at. */
export async function* withVectors(
  chunks: AsyncIterable<ResultChunk> | Iterable<ResultChunk>,
  vectors: InputVectors | null,
): AsyncGenerator<ResultChunk> {
  const byCase = vectors?.byCase ?? null;
  for await (const chunk of chunks) {
    if (byCase === null) yield chunk;
    else {
      const cells = chunk.caseId.map((id) => byCase.get(id) ?? null);
      yield { ...chunk, attributes: new Map([...chunk.attributes, [CARRIED, cells]]) };
    }
  }
}

/** The rows without what `withVectors` added. */
export function withoutVectors(chunk: ResultChunk): ResultChunk {
  if (!chunk.attributes.has(CARRIED)) return chunk;
  const attributes = new Map(chunk.attributes);
  attributes.delete(CARRIED);
  return { ...chunk, attributes };
}
