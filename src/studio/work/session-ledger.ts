/** Opens the configured ledger for one question, or says what to configure. */

import { UsageError } from '../../errors.ts';
import type { Ledger } from '../../ledger/index.ts';
import { withLedger } from '../../stages/index.ts';
import type { WithoutLedger } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** What to do so that gates, decisions and notes are kept. */
export const LEDGER_HINT =
  'Write "ledger: .slicewise/ledger.db" into slicewise.yaml, or start with --ledger FILE: from then on gates, decisions, tags and queues are kept.';

/** Asks the ledger; without one, the answer says what to configure. */
export async function askLedger<T>(
  { release, ports }: StudioSession,
  ask: (ledger: Ledger) => Promise<T>,
): Promise<T | WithoutLedger> {
  const { ledger } = release.config;
  if (ledger === null) return { state: 'no ledger', hint: LEDGER_HINT };
  return withLedger(ledger, ports, true, ask);
}

/** Writes into the ledger. @throws UsageError without one */
export async function tellLedger<T>(
  { release, ports }: StudioSession,
  tell: (ledger: Ledger) => Promise<T>,
): Promise<T> {
  const { ledger } = release.config;
  if (ledger === null) {
    throw new UsageError({ message: 'there is no ledger to write this into', hint: LEDGER_HINT });
  }
  return withLedger(ledger, ports, true, tell);
}
