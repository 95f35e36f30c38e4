/** A promptfoo result file as all three spellings give it: what stands beside the results, and the results one by one. */

import type { ProblemLog } from '../../../cases/index.ts';
import type { ImportFile } from '../importer.ts';

/** One result as the file holds it. */
export interface RawResult {
  readonly value: unknown;
  readonly line: number;
  /** Column in which it starts, from 1; absent in JSON lines and YAML. */
  readonly column?: number;
}

/** Values beside the results by their path in the JSON export, such as `results.prompts`; JSON lines have none. */
export type EvalValues = Readonly<Record<string, unknown>>;

/** A result file. */
export interface EvalFile {
  readonly file: ImportFile;
  /**
   * Values that are known without reading the results. What is malformed is left to `results` to tell.
   *
   * @param all reads to the end of the file, because some values may come after the results
   */
  values(all: boolean): Promise<EvalValues>;
  /** Values that come after the results are handed to `onValue`. */
  results(onValue: (path: string, value: unknown) => void, log: ProblemLog): AsyncGenerator<RawResult>;
}

/** The values that are read. */
export const WANTED_VALUES = [
  'evalId',
  'results.version',
  'results.timestamp',
  'results.prompts',
  'results.table.head.prompts',
  'results.stats',
  'config.description',
  'config.providers',
  'metadata.promptfooVersion',
] as const;

/** Where the results are. */
export const RESULTS = 'results.results';
