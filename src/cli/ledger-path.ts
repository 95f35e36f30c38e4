/** Finds the ledger that a command is about. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import type { Shell } from './shell.ts';

/** Flags that name a ledger. */
export interface LedgerOptions {
  readonly ledger?: string;
  readonly config?: string;
}

/** Adds the flags of `LedgerOptions`. */
export function addLedgerOptions(command: Command): void {
  command
    .option('--ledger <file>', 'the memory of runs and verdicts (default: that of slicewise.yaml)')
    .option('--config <file>', 'configuration that names the ledger (default: slicewise.yaml)');
}

/**
 * Absolute path of the ledger: the flag, or else the configuration.
 *
 * @throws UsageError where neither names one
 */
export async function ledgerPath({ ledger, config }: LedgerOptions, { cwd }: Shell): Promise<string> {
  if (ledger !== undefined) return resolve(cwd, ledger);
  const { CONFIG_FILE, prepareConfig } = await import('../request/index.ts');
  const file = config ?? (existsSync(resolve(cwd, CONFIG_FILE)) ? CONFIG_FILE : null);
  const named =
    file === null ? null : (await prepareConfig({ flags: {}, configFile: file }, cwd)).ledger?.path;
  if (named != null) return resolve(cwd, named);
  throw new UsageError({
    message: 'no ledger is named',
    hint: 'add --ledger FILE, or ledger: FILE to slicewise.yaml; a gate with a ledger records itself',
  });
}
