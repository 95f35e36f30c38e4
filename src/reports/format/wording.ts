/** Sentences that several reports share. */

import type { CaseCounts, Report, SliceReport } from '../../gate/index.ts';
import { countOf, formatCount, formatP } from './numbers.ts';
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

/** Lost and gained cases and the p-values of one slice. */
export function evidenceOf(slice: SliceReport): string {
  const parts = [
    `${formatCount(slice.lost)} lost, ${formatCount(slice.gained)} gained of ${formatCount(slice.n)}`,
  ];
  if (slice.test !== null && slice.pValue !== null) {
    parts.push(
      `${slice.test} one-sided p ${formatP(slice.pValue)} (two-sided ${formatP(slice.pValueTwoSided)})`,
    );
  }
  if (slice.adjustedPValue !== null) {
    parts.push(
      `adjusted ${formatP(slice.adjustedPValue)}${slice.adjustment === null ? '' : ` (${slice.adjustment})`}`,
    );
  }
  if (slice.holmPValue !== null) parts.push(`Holm ${formatP(slice.holmPValue)}`);
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

/** Smallest drop the slice could show, and the cases that would settle the observed one. */
export function powerOf(slice: SliceReport, scale: Scale): string {
  const parts: string[] = [];
  if (slice.minimumDetectableDrop !== null) {
    parts.push(`could see drops of ${scale.size(slice.minimumDetectableDrop)}${scale.unit} and more`);
  }
  if (slice.casesNeeded !== null) parts.push(`${countOf(slice.casesNeeded, 'case')} would settle this`);
  return parts.join('; ');
}

/** Floor of the slice and the test against it; empty without a floor. */
export function floorOf(slice: SliceReport, scale: Scale): string {
  if (slice.floor === null) return '';
  const p = slice.floorPValue === null ? '' : `, p ${formatP(slice.floorPValue)} against it`;
  return `floor ${scale.value(slice.floor)}${p}`;
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
  return slice.n < minCases ? `+${formatCount(minCases - slice.n)}` : '';
}

/** What was compared, as two or three sentences. */
export function comparedLines(report: Report): readonly string[] {
  const { baseline, candidate, counts } = report;
  const errors = (before: number | null, after: number, word: string): string =>
    before === null
      ? `${word} ${formatCount(after)}`
      : `${word} ${formatCount(before)} before, ${formatCount(after)} after`;
  const lines: string[] = [];
  if (baseline === null) {
    lines.push(
      `${candidate.files.join(', ')}: ${countOf(candidate.cases, 'case')}, ${countOf(candidate.rows, 'row')}`,
    );
  } else {
    lines.push(`${runName(baseline)} (before) with ${runName(candidate)} (after)`);
    const how =
      counts.pairing === 'paired'
        ? `${countOf(counts.paired, 'case')} paired by ${counts.pairedBy ?? 'case id'}`
        : `not paired: ${countOf(baseline.cases, 'case')} before, ${formatCount(candidate.cases)} after`;
    lines.push(
      `${how}; ${formatCount(counts.onlyBaseline)} only before, ${formatCount(counts.onlyCandidate)} only after, ${formatCount(counts.edited)} edited`,
    );
  }
  const trials = Math.max(baseline?.maxTrials ?? 1, candidate.maxTrials);
  lines.push(
    [
      errors(baseline?.errors ?? null, candidate.errors, 'errors'),
      errors(baseline?.unscored ?? null, candidate.unscored, 'unscored'),
      ...(trials > 1 ? [`up to ${countOf(trials, 'trial')} a case, reduced to one value`] : []),
    ].join('; '),
  );
  return lines;
}

function runName(run: NonNullable<Report['baseline']>): string {
  const files = run.files.join(', ');
  const age = run.ageDays === null ? '' : `, ${countOf(run.ageDays, 'day')} old`;
  return run.name === null ? `${files}${age}` : `${run.name}: ${files}${age}`;
}

/**
 * Where the cases of each gated dimension went; the parts sum to the total that is printed.
 * Cases that sit in several slices are counted in each, and the line says so.
 */
export function accountingLines(section: MetricSection, report: Report): readonly string[] {
  const rows = [...section.gated, ...section.lowN, ...section.remainder];
  const { paired, onlyBaseline, onlyCandidate, pairing } = report.counts;
  const total = pairing === 'single run' ? report.candidate.cases : paired + onlyBaseline + onlyCandidate;
  return byDimension(rows).map(({ dimension, slices }) => {
    const sum = (of: readonly SliceReport[], field: keyof CaseCounts): number =>
      of.reduce((cases, slice) => cases + slice.counts[field], 0);
    const low = slices.filter((slice) => slice.role === 'gated' && slice.verdict === 'LOW-N');
    const gated = slices.filter((slice) => slice.role === 'gated' && slice.verdict !== 'LOW-N');
    const rest = slices.filter((slice) => slice.role === 'remainder');
    const all = sum(slices, 'cases');
    const inside = sum(gated, 'compared');
    const parts = [
      `${formatCount(inside)} in ${countOf(gated.length, 'gated slice')}`,
      `${formatCount(sum(low, 'compared'))} LOW-N`,
      `${formatCount(sum(rest, 'compared'))} in no slice`,
      `${formatCount(sum(slices, 'onlyBaseline') + sum(slices, 'onlyCandidate'))} in one run only`,
      `${formatCount(sum(slices, 'edited'))} edited`,
      `${formatCount(sum(slices, 'unscored'))} unscored`,
    ].filter((part, index) => index === 0 || !part.startsWith('0 '));
    const overlap = all > total ? ` (${countOf(total, 'case')}; some are in several slices)` : '';
    return `${dimension}: ${formatCount(all)}${overlap} = ${parts.join(' + ')}`;
  });
}
