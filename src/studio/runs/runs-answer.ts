/** The table of recorded gates. */

import type { Ledger } from '../../ledger/index.ts';
import type { RunsAnswer } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { askLedger } from '../work/session-ledger.ts';
import { runRow } from './run-row.ts';

/** Newest gates listed. */
const LISTED = 500;

/** Recorded gates, newest first. */
export function runsAnswer(session: StudioSession): Promise<RunsAnswer> {
  return askLedger(session, async (ledger) => {
    const { gates, total, anchors } = await ledger.gates({ limit: LISTED });
    const decisions = await decisionCounts(ledger);
    return {
      state: 'recorded',
      runs: gates.map((gate) => runRow(gate, session, decisions)),
      total,
      anchors,
    };
  });
}

/** Decisions of people per run hash. */
export async function decisionCounts(ledger: Ledger): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { runHash } of await ledger.decisions()) counts.set(runHash, (counts.get(runHash) ?? 0) + 1);
  return counts;
}
