/** What a release passes by exception: slices and findings that a waiver took out, with who answers for them and until when. */

import type { Finding } from '../../findings/index.ts';
import {
  type Report,
  type SliceReport,
  sliceLabel,
  type WaiverEntry,
  waiverForFinding,
} from '../../gate/index.ts';
import type { ReleaseAnswer, WaivedItem } from '../contract/index.ts';
import { sliceRow } from './slice-row.ts';

/** Exceptions listed; the total beside them is complete. */
const LISTED = 20;

/**
 * Slices first, both in the order of the report.
 *
 * @param gated slices that decide
 * @param findings those that a waiver covers
 */
export function waivedItems(
  gated: readonly SliceReport[],
  findings: readonly Finding[],
  { slices, runHash }: Report,
  waivers: readonly WaiverEntry[],
): Pick<ReleaseAnswer, 'waived' | 'waivedSlices'> {
  const several = new Set(slices.filter(({ role }) => role === 'gated').map(({ dimension }) => dimension));
  const waivedSlices = gated.filter(({ waiver }) => waiver?.kind === 'waiver' && !waiver.expired);
  const ofSlices = waivedSlices.map(
    (slice): WaivedItem => ({
      ...{ key: `slice:${slice.id}`, name: sliceLabel(slice, several.size > 1) },
      ...{ verdict: slice.verdict ?? 'REVIEW', slice: sliceRow(slice), reason: slice.reason },
      waiver: slice.waiver,
    }),
  );
  const ofFindings = findings.map(
    (finding): WaivedItem => ({
      ...{ key: `check:${finding.check}`, name: finding.check },
      ...{ verdict: finding.verdict ?? 'REVIEW', slice: null, reason: finding.reason },
      // The gate called it waived, so its entry had not expired.
      waiver: waiverForFinding(finding, waivers, runHash, ''),
    }),
  );
  const all = [...ofSlices, ...ofFindings];
  return {
    waived: { total: all.length, shown: all.slice(0, LISTED) },
    // The others are counted as proven or undecided, waived or not.
    waivedSlices: waivedSlices.filter(({ grade }) => grade !== 'undecided' && grade !== 'non-inferior')
      .length,
  };
}
