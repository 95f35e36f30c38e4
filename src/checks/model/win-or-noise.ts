/** A2: better or worse only if the paired interval excludes zero and exceeds what a rerun does by itself. */

import { metricName } from '../../counts/index.ts';
import type { SliceEvidence } from '../../evidence/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type Check, type CheckContext, finding, grouped, plural } from '../check.ts';

export const winOrNoise: Check = {
  kind: 'model',
  practice: 'A2',
  missing: ({ profile }) => (profile.baseline === null ? 'a baseline run' : null),
  run: (context) => context.overall.flatMap((overall) => conclusionFinding(overall, context)),
};

/** Answer of A2 for one metric over all cases. */
export type Conclusion = 'BETTER' | 'WORSE' | 'NO EVIDENCE EITHER WAY';

/**
 * The answer, or null where there is no difference with an interval.
 *
 * @param rerunBand half-width of the pass rate's difference in an unchanged rerun; it says nothing about other metrics
 */
export function conclude(evidence: SliceEvidence, rerunBand: number | null): Conclusion | null {
  const { delta, direction, metric } = evidence;
  if (delta === null || delta.estimate === null || delta.lower === null || delta.upper === null) return null;
  const excludesZero = delta.lower > 0 || delta.upper < 0;
  const band = metric.measure.kind === 'passRate' ? rerunBand : null;
  const beyondRerun = band === null || Math.abs(delta.estimate) > band;
  if (!excludesZero || !beyondRerun) return 'NO EVIDENCE EITHER WAY';
  return delta.estimate > 0 === (direction === 'higher') ? 'BETTER' : 'WORSE';
}

function conclusionFinding(evidence: SliceEvidence, { rerun }: CheckContext): Finding[] {
  const conclusion = conclude(evidence, rerun?.band ?? null);
  if (conclusion === null) return [];
  return [
    finding({
      check: 'win-or-noise',
      kind: 'model',
      estimate: evidence.delta,
      reason: `${metricName(evidence.metric.id)} over all ${plural(evidence.n, 'compared case')}: ${conclusion} (${grouped(evidence.lost)} lost, ${grouped(evidence.gained)} gained); the mean is not gated`,
      method: evidence.delta?.method ?? null,
      source: 'A2',
    }),
  ];
}
