/** Reads whole reports of recorded gates back. */

import type { LedgerConnection } from './connection.ts';

/** A recorded gate with the document that it gave. */
export interface RecordedReport {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly candidateName: string | null;
  /** The gate compared a system with itself. */
  readonly unchanged: boolean;
  /** The report document of the version that wrote it; what reads it must expect older ones. */
  readonly report: unknown;
}

/** The newest gates, newest first. Linear in their reports. */
export async function gateReports(
  { db }: LedgerConnection,
  limit: number,
): Promise<readonly RecordedReport[]> {
  const rows = await db
    .selectFrom('gates')
    .select(['id', 'recorded_at', 'candidate_name', 'unchanged', 'report'])
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ id, recorded_at, candidate_name, unchanged, report }) => ({
    ...{ id, at: recorded_at, candidateName: candidate_name, unchanged: unchanged === 1 },
    report: JSON.parse(report) as unknown,
  }));
}
