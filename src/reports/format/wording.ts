/** Sentences that several reports share. */

import type { CaseCounts, CaseHistory, Report, RunReport, SliceReport } from '../../gate/index.ts';
import { ALL_CASES } from '../../scope/index.ts';
import { countOf, formatCount, formatP, formatRound } from './numbers.ts';
import type { Scale } from './scale.ts';
import { byDimension, type MetricSection } from './sections.ts';

/**
 * What stands in the verdict column: `undecided` for a slice that passes without proof, `waived` for a waived breach,
 * otherwise the verdict.
 */
export function verdictWord(slice: SliceReport): string {
  if (slice.waiver?.kind === 'waiver' && !slice.waiver.expired) return 'waived';
  if (slice.verdict === 'PASS' && slice.grade === 'undecided') return 'undecided';
  return slice.verdict ?? '';
}

/**
 * Lost and gained cases and the p-values of one slice; empty for a slice without cases.
 *
 * @param adjustment the adjustment that the reader was told already; another one is named
 */
export function evidenceOf(slice: SliceReport, adjustment: string | null): string {
  if (slice.n === 0 || slice.delta === null) return '';
  // A change without a single flip: the runs share no cases.
  const isUnpaired = slice.lost + slice.gained === 0 && slice.delta.estimate !== 0;
  const parts = isUnpaired
    ? []
    : [`${formatCount(slice.lost)} lost, ${formatCount(slice.gained)} gained of ${formatCount(slice.n)}`];
  if (slice.test !== null && slice.pValue !== null) {
    const both = slice.pValueTwoSided === null ? '' : `, ${formatP(slice.pValueTwoSided)} two-sided`;
    const boschloo =
      slice.boschlooPValue === null ? '' : `; Boschloo ${formatP(slice.boschlooPValue)} (shown, not gated)`;
    parts.push(`${slice.test} p ${formatP(slice.pValue)} one-sided${both}${boschloo}`);
  }
  if (slice.adjustedPValue !== null) {
    const method =
      slice.adjustment === null || slice.adjustment === adjustment ? '' : ` (${slice.adjustment})`;
    const holm = slice.holmPValue === null ? '' : `, Holm ${formatP(slice.holmPValue)}`;
    parts.push(`adjusted p ${formatP(slice.adjustedPValue)}${method}${holm}`);
  }
  return parts.join('; ');
}

/** Expression and family of the slice; empty for a plain value. */
export function definitionOf(slice: SliceReport): string {
  const parts = [
    ...(slice.definition === null ? [] : [`cases: ${slice.definition}`]),
    ...(slice.family === null ? [] : [`family ${slice.family}`]),
  ];
  return parts.join('; ');
}

/** What an unsettled slice could miss, and the cases that settle it; empty for a confirmed breach, which is settled. */
export function powerOf(slice: SliceReport, scale: Scale): string {
  if (slice.verdict === 'BLOCK') return '';
  const parts: string[] = [];
  if (slice.minimumDetectableDrop !== null) {
    parts.push(`could miss ${scale.size(slice.minimumDetectableDrop)}${scale.unit}`);
  }
  // A nominee's reason names the fresh cases of its second stage.
  const isNominee = slice.reason.startsWith('nominated');
  // A slice that has so many cases already is held up by something else, which its reason names.
  if (
    slice.casesNeeded !== null &&
    slice.casesNeeded > slice.n &&
    slice.grade !== 'non-inferior' &&
    !isNominee
  ) {
    parts.push(`about ${formatRound(slice.casesNeeded)} cases settle it`);
  }
  return parts.join('; ');
}

/** Where the slice stands to its floor; empty without one. */
export function floorOf(slice: SliceReport, scale: Scale): string {
  if (slice.floor === null || slice.n === 0) return '';
  const p = slice.floorPValue === null ? '' : ` (p ${formatP(slice.floorPValue)})`;
  return isBelowFloor(slice)
    ? `below the floor ${scale.value(slice.floor)}${p}`
    : `holds the floor ${scale.value(slice.floor)}`;
}

/** Whether the observed value is worse than the floor; that alone decides nothing. */
export function isBelowFloor({ floor, candidate, direction }: SliceReport): boolean {
  if (floor === null || candidate?.estimate == null) return false;
  return direction === 'higher' ? candidate.estimate < floor : candidate.estimate > floor;
}

/**
 * The record of a case in the ledger; empty where it was never compared.
 *
 * @example recordOf({ comparisons: 9, flipped: 4, unchangedComparisons: 3, flippedUnchanged: 2 })
 * // 'flipped in 4 of 9 runs, 2 of them unchanged'
 */
export function recordOf(record: CaseHistory | null): string {
  if (record === null || record.comparisons === 0) return '';
  const { flipped, comparisons, unchangedComparisons, flippedUnchanged } = record;
  const unchanged =
    unchangedComparisons === 0 || flipped === 0
      ? ''
      : `, ${flippedUnchanged === 0 ? 'none' : formatCount(flippedUnchanged)} of them unchanged`;
  return `flipped in ${formatCount(flipped)} of ${countOf(comparisons, 'run')}${unchanged}`;
}

/** Who waived what until when; empty without a waiver. */
export function waiverOf(slice: SliceReport): string {
  const { waiver } = slice;
  if (waiver === null) return '';
  const by = waiver.reviewer === null ? '' : `, reviewed by ${waiver.reviewer}`;
  const until = waiver.expired ? `expired ${waiver.expires}` : `until ${waiver.expires}`;
  return `${waiver.kind} ${until}: ${waiver.reason} (owner ${waiver.owner}${by})`;
}

/** How many cases a LOW-N slice lacks, `+14`. */
export function missingCases(slice: SliceReport, minCases: number): string {
  const needed = Math.max(slice.casesToGate ?? 0, minCases);
  return slice.n < needed ? `+${formatCount(needed - slice.n)}` : '';
}

/** What slices that are too small have fewer of, `20 cases`; a metric such as a quantile may need more than the policy. */
export function fewerThan(slices: readonly SliceReport[], minCases: number): string {
  const needed = [...new Set(slices.map(({ casesToGate = 0 }) => Math.max(casesToGate, minCases)))];
  return needed.length === 0 ? countOf(minCases, 'case') : `${needed.map(formatCount).join(' or ')} cases`;
}

/** A line of the report with the word that opens it. */
export interface LabelledLine {
  readonly label: string;
  readonly text: string;
}

/** What was compared, and how many cases of each run take part. */
export function comparedLines(report: Report): readonly LabelledLine[] {
  const { baseline, candidate } = report;
  const trials = Math.max(baseline?.maxTrials ?? 1, candidate.maxTrials);
  const more = trials > 1 ? `; up to ${countOf(trials, 'trial')} a case, reduced to one value` : '';
  if (baseline === null) {
    const rows = candidate.rows === candidate.cases ? '' : ` in ${countOf(candidate.rows, 'row')}`;
    return [
      { label: 'One run', text: runName(candidate, null) },
      { label: 'Cases', text: `${formatCount(candidate.cases)}${rows}; ${leftOut(report)}${more}` },
    ];
  }
  return [
    { label: 'Before', text: runName(baseline, candidate) },
    { label: 'After', text: runName(candidate, baseline) },
    { label: 'Cases', text: `${pairedCases(report, baseline)}; ${leftOut(report)}${more}` },
  ];
}

function pairedCases({ counts, candidate }: Report, baseline: RunReport): string {
  return counts.pairing === 'paired'
    ? `${formatCount(counts.paired)} paired by ${counts.pairedBy ?? 'case id'}`
    : `not paired: ${formatCount(baseline.cases)} before, ${formatCount(candidate.cases)} after`;
}

/** Every kind of case that is special; the kinds that do not occur are named in one go. */
function leftOut({ baseline, candidate, counts }: Report): string {
  const inRuns = (field: 'unscored' | 'errors'): string =>
    baseline === null
      ? formatCount(candidate[field])
      : `${formatCount(baseline[field])} before and ${formatCount(candidate[field])} after`;
  const kinds = [
    ...(counts.pairing === 'paired'
      ? [
          { count: counts.onlyBaseline, some: `${formatCount(counts.onlyBaseline)} only before`, none: '' },
          {
            count: counts.onlyCandidate,
            some: `${formatCount(counts.onlyCandidate)} only after`,
            none: 'missing',
          },
          { count: counts.edited, some: `${formatCount(counts.edited)} edited`, none: 'edited' },
        ]
      : []),
    {
      count: (baseline?.unscored ?? 0) + candidate.unscored,
      some: `unscored ${inRuns('unscored')}`,
      none: 'unscored',
    },
    {
      count: (baseline?.errors ?? 0) + candidate.errors,
      some: `errors ${inRuns('errors')}`,
      none: 'in error',
    },
  ];
  const one = counts.onlyBaseline + counts.onlyCandidate > 0;
  const some = kinds.filter(({ count }) => count > 0).map((kind) => kind.some);
  const none = kinds
    .filter(({ count, none }) => count === 0 && none !== '' && !(one && none === 'missing'))
    .map((kind) => kind.none);
  const last = none.pop();
  const nothing =
    last === undefined ? [] : [`none ${none.length === 0 ? '' : `${none.join(', ')} or `}${last}`];
  return [...some, ...nothing].join(', ');
}

/** Files, and what tells this run from the other where both are in the same files. */
function runName(run: RunReport, other: RunReport | null): string {
  const files = run.files.join(', ');
  const same = other !== null && other.files.join('\n') === run.files.join('\n');
  const passed = run.columns.passed ?? run.columns.score;
  const column =
    same && passed !== undefined && passed !== (other.columns.passed ?? other.columns.score)
      ? `, column ${passed}`
      : '';
  const selected = run.run === null ? '' : `, run ${run.run}`;
  const age = run.ageDays === null ? '' : `, ${countOf(Math.floor(run.ageDays), 'day')} old`;
  const name = run.name === null ? '' : `${run.name}: `;
  return `${name}${files}${selected}${column}${age}`;
}

/**
 * Where the cases of each gated dimension went; the parts sum to the total that is printed.
 * Cases that sit in several slices are counted in each, and the line says so.
 */
export function accountingLines(section: MetricSection, report: Report): readonly string[] {
  const rows = [...section.gated, ...section.lowN, ...section.remainder];
  const { paired, onlyBaseline, onlyCandidate, pairing } = report.counts;
  const total = pairing === 'single run' ? report.candidate.cases : paired + onlyBaseline + onlyCandidate;
  const cut = byDimension(rows).filter(({ dimension }) => dimension !== ALL_CASES);
  return cut.map(({ dimension, slices }) => {
    const sum = (of: readonly SliceReport[], field: keyof CaseCounts): number =>
      of.reduce((cases, slice) => cases + slice.counts[field], 0);
    const low = slices.filter((slice) => slice.role === 'gated' && slice.verdict === 'LOW-N');
    const gated = slices.filter((slice) => slice.role === 'gated' && slice.verdict !== 'LOW-N');
    const rest = slices.filter((slice) => slice.role === 'remainder');
    const all = sum(slices, 'cases');
    const inside = sum(gated, 'compared');
    const parts = [
      `${formatCount(inside)} in ${countOf(gated.length, 'gated slice')}`,
      `${formatCount(sum(low, 'compared'))} in ${countOf(low.length, 'LOW-N slice')}`,
      `${formatCount(sum(rest, 'compared'))} in no gated slice`,
      `${formatCount(sum(slices, 'onlyBaseline') + sum(slices, 'onlyCandidate'))} in one run only`,
      `${formatCount(sum(slices, 'edited'))} edited`,
      `${formatCount(sum(slices, 'unscored'))} unscored`,
    ].filter((part, index) => index === 0 || !part.startsWith('0 '));
    const overlap = all > total ? ` (${countOf(total, 'case')}; some are in several slices)` : '';
    return `${dimension}: ${formatCount(all)}${overlap} = ${parts.join(' + ')}`;
  });
}
