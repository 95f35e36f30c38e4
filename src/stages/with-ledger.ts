/** Opens the configured ledger for one piece of work. */

import { isAbsolute, resolve } from 'node:path';
import type { LedgerConfig } from '../config/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Ports } from './ports.ts';

/**
 * Does the work with the ledger open; SQLite is loaded here and not before.
 *
 * @param create whether a missing ledger is made
 */
export async function withLedger<T>(
  { path, keepRuns }: LedgerConfig,
  { cwd, now }: Pick<Ports, 'cwd' | 'now'>,
  create: boolean,
  work: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const { openLedger } = await import('../ledger/index.ts');
  const ledger = await openLedger(isAbsolute(path) ? path : resolve(cwd, path), { now, keepRuns, create });
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}
