/** A-1 as findings: one for each slice that blocks or needs a person, with the cases behind it. */

import { type Finding, limitsOf } from '../findings/index.ts';
import { grouped, pText } from './numbers.ts';
import type { SliceReport } from './report.ts';
import { withoutRepeats } from './same-cases.ts';

/** Findings of the gated slices, worst first as the slices are. */
export function sliceFindings(slices: readonly SliceReport[], hasBaseline: boolean): Finding[] {
  return withoutRepeats(slices)
    .filter(
      ({ verdict, role, n }) => role === 'gated' && n > 0 && (verdict === 'BLOCK' || verdict === 'REVIEW'),
    )
    .map((slice) => ({
      check: 'slice-losses',
      kind: 'model' as const,
      verdict: slice.verdict,
      status: 'checked' as const,
      slice: slice.id,
      estimate: hasBaseline ? slice.delta : slice.candidate,
      evidence: slice.cases.lost.map(({ id }) => id),
      evidenceTotal: slice.lost,
      reason: [
        `${slice.dimension} = ${slice.value}: ${slice.reason}`,
        ...(hasBaseline
          ? [`${grouped(slice.lost)} lost, ${grouped(slice.gained)} gained of ${grouped(slice.n)}`]
          : []),
        ...(slice.adjustedPValue === null ? [] : [`adjusted p ${pText(slice.adjustedPValue)}`]),
      ].join('; '),
      remedy: 'read the lost cases beside the baseline outputs; no cause is claimed',
      method: slice.test === null ? null : `${slice.test}, ${slice.adjustment ?? 'unadjusted'}`,
      ...limitsOf('slice-losses'),
      source: 'A-1',
    }));
}
