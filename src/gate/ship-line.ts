/** Words the two lines that open every report: is it safe to ship, and how far to believe the answer. */

import { isRate, type Measure, metricName } from '../counts/index.ts';
import type { Finding, Verdict } from '../findings/index.ts';
import type { Settled } from './confirm.ts';
import { counted, deltaText, grouped, pText, valueText } from './numbers.ts';
import { passSentence } from './pass-sentence.ts';
import type { WaivedFinding } from './release-verdict.ts';
import type { Report, ReportCounts, SliceReport } from './report.ts';
import { withoutRepeats } from './same-cases.ts';
import { shortened, sliceLabel } from './slice-name.ts';

export interface ShipLineInput {
  readonly verdict: Verdict;
  readonly hasBaseline: boolean;
  /** Slices worst first. */
  readonly slices: readonly SliceReport[];
  readonly findings: readonly Finding[];
  readonly counts: ReportCounts;
  readonly waived: number;
  readonly waivedFindings: readonly WaivedFinding[];
  /** The block budget of losses: what an adjusted p must not exceed to confirm one. */
  readonly budget: number;
  readonly measureOf: (metric: string) => Measure;
  /** Set in a confirmation run. */
  readonly stageOne?: { readonly report: Report; readonly nominees: readonly Settled[] };
}

/** The text behind `Ship?`. */
export function shipLine(input: ShipLineInput): string {
  const { verdict, waived } = input;
  const waiver = waived === 0 ? '' : ` with ${waived} waiver${waived === 1 ? '' : 's'}`;
  return `${verdict}${waiver}: ${because(input)}`;
}

function because(input: ShipLineInput): string {
  const { verdict, slices, findings, counts } = input;
  const deciding = withoutRepeats(slices.filter((slice) => decides(slice, verdict)));
  const telling = findings.filter(
    ({ verdict: own, check, reason }) =>
      own === verdict && check !== 'slice-losses' && !reason.includes('(waived by '),
  );
  const reason = telling[0] === undefined ? null : shortened(telling[0].reason, LONGEST_REASON);
  switch (verdict) {
    case 'BLOCK':
    case 'REVIEW':
      return sliceSentences(deciding, telling, input) ?? carried(input) ?? reason ?? 'see the findings';
    case 'INVALID':
      if (reason !== null) return reason;
      return counts.slices === 0 ? 'nothing was gated' : noneLarge(input);
    case 'UNTESTED':
      if (!input.hasBaseline) return 'no baseline to compare with';
      return deciding[0]
        ? `${nameIn(deciding[0], input)}: ${deciding[0].reason}`
        : (reason ?? 'the evidence is absent');
    case 'STALE':
      return reason ?? 'the evidence is past its validity';
    default:
      return carried(input) ?? passSentence({ ...input, sentenceOf: (slice) => sentenceIn(slice, input) });
  }
}

/** That no slice can be gated, and how far the largest is from it. */
function noneLarge(input: ShipLineInput): string {
  const [first, ...others] = input.slices.filter(
    ({ role, verdict }) => role === 'gated' && verdict === 'LOW-N',
  );
  if (first === undefined) return 'nothing was gated: no slice has enough cases';
  const largest = others.reduce((best, slice) => (slice.n > best.n ? slice : best), first);
  return `nothing was gated: no slice has enough cases; ${nameIn(largest, input)}, the largest, has ${largest.reason}`;
}

/** What a confirmation run leaves, where no slice of it decides by itself. */
function carried({ verdict, stageOne }: ShipLineInput): string | null {
  if (stageOne === undefined) return null;
  const { nominees, report } = stageOne;
  const open = nominees.filter(({ settled }) => settled === 'open').length;
  if (verdict === 'PASS') return `${counted(nominees.length, 'nominee')} of stage one cleared on fresh cases`;
  if (verdict === 'REVIEW' && open > 0) return `${open} of ${counted(nominees.length, 'nominee')} still open`;
  return `stage one stands: ${report.ship.text}`;
}

/** Longest reason of a finding in the line, in code points. */
const LONGEST_REASON = 160;

/** A slice decides by its verdict; debt past its entry blocks; rows without cases are told by the finding about them. */
function decides({ role, verdict, waiver, n }: SliceReport, wanted: Verdict): boolean {
  if (role !== 'gated' || n === 0 || (waiver?.kind === 'waiver' && !waiver.expired)) return false;
  return verdict === wanted || (wanted === 'BLOCK' && verdict === 'DEBT' && waiver?.expired === true);
}

/** The worst slice, how many more there are, and in a few words what else decides; null where no slice does. */
function sliceSentences(
  deciding: readonly SliceReport[],
  findings: readonly Finding[],
  input: ShipLineInput,
): string | null {
  const [worst, ...others] = deciding;
  if (worst === undefined) return null;
  const more =
    others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'slice' : 'slices'}`;
  const absent = findings.filter(({ check }) => check === 'configured-slices').length;
  const rest = findings.length - absent;
  const also = [
    ...(absent === 0 ? [] : [absentSentence(input.slices, absent)]),
    ...(rest === 0 ? [] : [`${rest} ${rest === 1 ? 'check says' : 'checks say'} ${input.verdict} too`]),
  ];
  return [`${sentenceIn(worst, input)}${more}`, ...also].join('; ');
}

function absentSentence(slices: readonly SliceReport[], count: number): string {
  const first = slices.find(({ role, n, verdict }) => role === 'gated' && n === 0 && verdict === 'BLOCK');
  if (first === undefined || count > 1) return `${count} configured slices have no case`;
  return `no case has ${shortened(first.dimension)} '${shortened(first.value)}'`;
}

function sentenceIn(slice: SliceReport, input: ShipLineInput): string {
  return sliceSentence(slice, input.measureOf(slice.metric), nameIn(slice, input));
}

function nameIn(slice: SliceReport, { slices }: ShipLineInput): string {
  const dimensions = new Set(slices.filter(({ role }) => role === 'gated').map(({ dimension }) => dimension));
  return shortened(sliceLabel(slice, dimensions.size > 1));
}

/**
 * What happened to a slice.
 *
 * @param name how the slice is called
 * @example with 7 lost, none gained: `refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)`
 */
export function sliceSentence(slice: SliceReport, measure: Measure, name: string): string {
  if (slice.reason.includes('breach of the floor') && slice.floor !== null) {
    const rate = slice.candidate?.estimate;
    const value = rate == null ? 'n/a' : valueText(rate, measure);
    const p = slice.floorPValue === null ? '' : ` (p ${pText(slice.floorPValue)})`;
    return `${name} at ${value} of ${grouped(slice.n)}, below the floor ${valueText(slice.floor, measure)}${p}`;
  }
  const delta = slice.delta?.estimate;
  if (delta == null || slice.verdict === 'DEBT') return `${name}: ${slice.reason}`;
  const what = measure.kind === 'passRate' && slice.lost + slice.gained > 0 ? lostAndGained : moved;
  const p = slice.adjustedPValue === null ? '' : `, adjusted p ${pText(slice.adjustedPValue)}`;
  const undecided = slice.grade === 'undecided' ? ', undecided' : '';
  return `${name} ${what(slice, measure)} (${deltaText(delta, measure)}${p}${undecided})`;
}

/** `fell from 91.5% to 76.6% of 47`, with the metric where it is not the pass rate. */
function moved({ metric, baseline, candidate, n, delta }: SliceReport, measure: Measure): string {
  const [before, after] = [baseline?.estimate, candidate?.estimate].map((value) =>
    value == null ? 'n/a' : valueText(value, measure),
  );
  const verb = (delta?.estimate ?? 0) < 0 ? 'fell' : 'rose';
  const what = measure.kind === 'passRate' ? '' : `${metricName(metric)} `;
  return `${what}${verb} from ${before} to ${after}${isRate(measure) ? ` of ${grouped(n)}` : ''}`;
}

function lostAndGained({ lost, gained, n }: SliceReport): string {
  return `lost ${grouped(lost)}${gained === 0 ? '' : `, gained ${grouped(gained)}`} of ${grouped(n)}`;
}

export interface BeliefLineInput {
  readonly ran: number;
  readonly total: number;
  readonly counts: ReportCounts;
  /** Whether there is a dimension; without one all cases are the one slice, and a small group can hide in it. */
  readonly isSliced: boolean;
  readonly hasProductionSample: boolean;
  readonly baselineAgeDays: number | null;
}

/**
 * The text behind `Believe it?`.
 *
 * @example `Belief: 4 of 9 checks could run; 12 slices undecided; no production sample`
 */
export function beliefLine({
  ran,
  total,
  counts,
  isSliced,
  hasProductionSample,
  baselineAgeDays,
}: BeliefLineInput): string {
  const parts = [`Belief: ${ran} of ${total} checks could run`];
  if (counts.pairing !== 'single run') {
    parts.push(`${counted(counts.undecided, 'slice')} undecided`);
  }
  if (!isSliced) parts.push('no dimension: all cases are one slice');
  if (counts.pairing === 'unpaired') parts.push('runs share no cases');
  if (counts.lowN > 0) {
    parts.push(`${counted(counts.lowN, 'slice')} (${counted(counts.lowNCases, 'case')}) too small to gate`);
  }
  if (baselineAgeDays !== null) parts.push(`baseline ${counted(Math.floor(baselineAgeDays), 'day')} old`);
  if (!hasProductionSample) parts.push('no production sample');
  return parts.join('; ');
}
