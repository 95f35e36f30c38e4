/** Words the two lines that open every report: is it safe to ship, and how far to believe the answer. */

import type { Measure } from '../counts/index.ts';
import type { Finding, Verdict } from '../findings/index.ts';
import { deltaText, pText, valueText } from './numbers.ts';
import type { ReportCounts, SliceReport } from './report.ts';

export interface ShipLineInput {
  readonly verdict: Verdict;
  readonly hasBaseline: boolean;
  /** Slices worst first. */
  readonly slices: readonly SliceReport[];
  readonly findings: readonly Finding[];
  readonly counts: ReportCounts;
  readonly waived: number;
  readonly measureOf: (metric: string) => Measure;
}

/** The text behind `Ship?`. */
export function shipLine(input: ShipLineInput): string {
  const { verdict, waived } = input;
  const waiver = waived === 0 ? '' : ` with ${waived} waiver${waived === 1 ? '' : 's'}`;
  return `${verdict}${waiver}: ${because(input)}`;
}

function because(input: ShipLineInput): string {
  const { verdict, slices, findings, counts } = input;
  const deciding = slices.filter((slice) => slice.verdict === verdict && slice.waiver?.kind !== 'waiver');
  const finding = findings.find(
    (candidate) => candidate.verdict === verdict && candidate.check !== 'slice-losses',
  );
  const worst = deciding[0];
  const more =
    deciding.length > 1
      ? `, and ${deciding.length - 1} more ${deciding.length === 2 ? 'slice' : 'slices'}`
      : '';
  switch (verdict) {
    case 'BLOCK':
    case 'REVIEW':
      if (worst) {
        const also = finding && verdict === 'BLOCK' ? `; ${finding.reason}` : '';
        return `${sliceSentence(worst, input.measureOf(worst.metric))}${more}${also}`;
      }
      return finding?.reason ?? 'see the findings';
    case 'INVALID':
      if (finding) return finding.reason;
      return counts.slices === 0 ? 'nothing was gated' : `nothing was gated: no slice has enough cases`;
    case 'UNTESTED':
      if (!input.hasBaseline) return 'no baseline to compare with';
      return worst ? `${worst.value}: ${worst.reason}` : (finding?.reason ?? 'the evidence is absent');
    case 'STALE':
      return finding?.reason ?? 'the evidence is past its validity';
    default:
      return passSentence(counts);
  }
}

function passSentence({ gatedSlices, undecided, nonInferior, debt }: ReportCounts): string {
  const parts = [
    `no confirmed or suspected loss in ${gatedSlices} gated slice${gatedSlices === 1 ? '' : 's'}`,
  ];
  if (nonInferior > 0) parts.push(`${nonInferior} non-inferior`);
  if (undecided > 0) parts.push(`${undecided} undecided`);
  if (debt > 0) parts.push(`${debt} in debt`);
  return parts.join(', ');
}

/** `refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)`. */
export function sliceSentence(slice: SliceReport, measure: Measure): string {
  const name = slice.value === '' ? slice.dimension : slice.value;
  if (slice.reason.includes('breach of the floor') && slice.floor !== null) {
    const rate = slice.candidate?.estimate;
    return `${name} at ${rate == null ? 'n/a' : valueText(rate, measure)} of ${slice.n}, floor ${valueText(
      slice.floor,
      measure,
    )} (p ${pText(slice.floorPValue)})`;
  }
  const delta = slice.delta?.estimate;
  if (delta == null) return `${name}: ${slice.reason}`;
  const gained = slice.gained === 0 ? '' : ` and gained ${slice.gained}`;
  const p = slice.adjustedPValue === null ? '' : `, adjusted p ${pText(slice.adjustedPValue)}`;
  const critical = slice.grade === 'undecided' ? ', undecided' : '';
  return `${name} lost ${slice.lost}${gained} of ${slice.n} (${deltaText(delta, measure)}${p}${critical})`;
}

export interface BeliefLineInput {
  readonly ran: number;
  readonly total: number;
  readonly counts: ReportCounts;
  readonly hasProductionSample: boolean;
  readonly baselineAgeDays: number | null;
}

/** The text behind `Believe it?`. */
export function beliefLine({
  ran,
  total,
  counts,
  hasProductionSample,
  baselineAgeDays,
}: BeliefLineInput): string {
  const parts = [`${ran} of ${total} checks could run`];
  if (counts.pairing !== 'single run') {
    parts.push(`${counts.undecided} slice${counts.undecided === 1 ? '' : 's'} undecided`);
  }
  if (counts.pairing === 'unpaired') parts.push('runs share no cases');
  if (counts.lowN > 0) {
    parts.push(
      `${counts.lowN} slice${counts.lowN === 1 ? '' : 's'} (${counts.lowNCases} cases) too small to gate`,
    );
  }
  if (baselineAgeDays !== null) parts.push(`baseline ${Math.floor(baselineAgeDays)} days old`);
  if (!hasProductionSample) parts.push('no production sample');
  return parts.join('; ');
}
