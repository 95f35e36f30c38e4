/** How many cases each slice needs to show a stated drop: the power study over the open release, beside production where it is known. */

import { powerOf } from '../../studies/index.ts';
import type { LogAudit, SamplingParams, SamplingPlan, SamplingRow } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { resultOf } from './jobs.ts';
import { LOGS_KEY } from './log-audit.ts';

/**
 * The plan for a drop.
 *
 * @throws UsageError where the drop or the churn is no such share
 */
export function samplingPlan(session: StudioSession, params: SamplingParams): SamplingPlan {
  const { slices, small, assumedChurn, minCases, blockBudget, notes } = powerOf(session.release, params);
  const audit = resultOf<LogAudit>(session, LOGS_KEY);
  const shares = new Map(
    (audit?.dimensions ?? []).flatMap(({ dimension, rows }) =>
      rows.map(({ value, productionShare }) => [
        JSON.stringify([dimension, value]),
        productionShare.estimate,
      ]),
    ),
  );
  const rows = slices.map(
    ({ id, metric, dimension, value, critical, n, drop, powerAtDrop, ...slice }): SamplingRow => ({
      ...{ id, metric, dimension, value, critical, n, drop },
      power: powerAtDrop,
      minimumDetectableDrop: slice.minimumDetectableDrop,
      needed: slice.casesForDrop,
      lacks: slice.casesForDrop === null ? null : Math.max(0, slice.casesForDrop - n),
      blind: slice.blind,
      production: shares.get(JSON.stringify([dimension, value])) ?? null,
    }),
  );
  return {
    rows,
    small: small.map(({ dimension, value, n, lacks }) => ({ dimension, value, n, lacks })),
    toAdd: rows.reduce((sum, { lacks }) => sum + (lacks ?? 0), 0),
    ...{ assumedChurn, minCases, blockBudget },
    notes,
  };
}
