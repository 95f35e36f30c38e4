/** One slice over the gates that the ledger has recorded. */

import { UsageError } from '../../errors.ts';
import type { SliceReport } from '../../gate/index.ts';
import { withLedger } from '../../stages/index.ts';
import type { SliceHistory } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';

/** Newest gates shown. */
const GATES = 40;

/** Reads the history; a ledger that is not there or does not know the slice is no failure. */
export async function sliceHistory(
  { id, metric }: SliceReport,
  { release, ports }: StudioSession,
): Promise<SliceHistory> {
  const { ledger } = release.config;
  if (ledger === null) {
    return {
      state: 'none',
      reason: 'No ledger is configured. With --ledger FILE every gate is kept, and this slice has a history.',
    };
  }
  try {
    const { series, gates } = await withLedger(ledger, ports, false, (open) =>
      open.history({ slice: id, metric, limit: GATES }),
    );
    const own = series.find(({ sliceId }) => sliceId === id);
    if (own !== undefined) return { state: 'recorded', series: own, gates };
  } catch (error) {
    // A ledger without this slice, or not made yet.
    if (!(error instanceof UsageError)) throw error;
  }
  return {
    state: 'none',
    reason: 'No recorded gate has this slice yet. The next gate with this ledger is its first point.',
  };
}
