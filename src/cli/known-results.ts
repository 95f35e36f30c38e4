/** Options of commands that read results on splits: which results, and in which split a case is. */

import type { Command } from 'commander';
import type { CheckRequest } from '../datasets/index.ts';
import { UsageError } from '../errors.ts';
import { readMapping } from './map-option.ts';
import { readNumberIn } from './number-option.ts';

/** The flags as the parser hands them over. */
export interface KnownResultsOptions {
  readonly splits?: string;
  readonly column?: string;
  readonly inDomain: readonly string[];
  readonly run?: string;
  readonly map?: readonly string[];
  readonly minCases: string;
}

export function addKnownResults(command: Command): void {
  command
    .option('--splits <file>', 'what splits build wrote; cases are joined by id')
    .option('--column <column>', 'column of the results with the split or source')
    .option('--in-domain <value...>', 'splits, or kinds, that are like training', ['iid'])
    .option('--min-cases <n>', 'splits with fewer cases count nowhere', '20')
    .option('--run <name>', 'only the rows of this run of the results')
    .option('--map <role=column...>', 'which column of the results plays which role');
}

/**
 * What to read.
 *
 * @param floor lowest acceptable rate, or null
 * @throws UsageError unless exactly one of --splits and --column is given
 */
export async function knownResults(
  files: readonly string[],
  { splits, column, inDomain, run, map = [] }: KnownResultsOptions,
  floor: number | null,
): Promise<NonNullable<CheckRequest['results']>> {
  if ((splits === undefined) === (column === undefined)) {
    throw new UsageError({
      message: 'one of --splits and --column says which split a case is in',
      hint: '--splits splits.jsonl, or --column source --in-domain VALUE',
    });
  }
  return {
    files,
    run: run ?? null,
    mapping: await readMapping(map),
    splits: splits === undefined ? { kind: 'column', column: column! } : { kind: 'file', file: splits },
    inDomain,
    floor,
  };
}

/** Fewest cases of a split that counts. */
export function fewestCases({ minCases }: KnownResultsOptions): number {
  return readNumberIn('--min-cases', minCases, { least: 1, most: 1_000_000_000, isWhole: true });
}
