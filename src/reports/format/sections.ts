/** Sorts the slices of a document into the sections that every report shows, keeping the document's order within each. */

import { CHECKS } from '../../checks/index.ts';
import { metricName } from '../../counts/index.ts';
import type { Finding } from '../../findings/index.ts';
import { type OverallReport, type Report, type SliceReport, sliceLabel } from '../../gate/index.ts';
import { ALL_CASES } from '../../scope/index.ts';

/** All slices of one metric by section. */
export interface MetricSection {
  readonly metric: string;
  readonly overall: OverallReport | null;
  /** Decide the release. */
  readonly gated: readonly SliceReport[];
  /** Configured or found, but with too few cases to decide anything. */
  readonly lowN: readonly SliceReport[];
  /** Untagged, missing, changed and ignored cases. */
  readonly remainder: readonly SliceReport[];
  /** Other dimensions, for the eye only. */
  readonly shown: readonly SliceReport[];
}

/** One section per metric, in the order of `overall`, then of first appearance. */
export function sectionsOf(report: Report): readonly MetricSection[] {
  const metrics = new Set([
    ...report.overall.map((row) => row.metric),
    ...report.slices.map((slice) => slice.metric),
  ]);
  return [...metrics].map((metric) => {
    const slices = report.slices.filter((slice) => slice.metric === metric);
    return {
      metric,
      overall: report.overall.find((row) => row.metric === metric) ?? null,
      gated: slices.filter((slice) => slice.role === 'gated' && slice.verdict !== 'LOW-N'),
      lowN: slices.filter((slice) => slice.role === 'gated' && slice.verdict === 'LOW-N'),
      remainder: slices.filter((slice) => slice.role === 'remainder'),
      shown: slices.filter((slice) => slice.role === 'shown'),
    };
  });
}

/** The slices grouped by dimension, dimensions in order of first appearance. */
export function byDimension(
  slices: readonly SliceReport[],
): readonly { readonly dimension: string; readonly slices: readonly SliceReport[] }[] {
  const groups = Map.groupBy(slices, ({ dimension }) => dimension);
  return [...groups].map(([dimension, own]) => ({ dimension, slices: own }));
}

/** Name of a slice in a table: its value, with the dimension where several dimensions stand side by side. */
export function sliceName(slice: SliceReport, withDimension: boolean): string {
  if (isAllCases(slice)) return 'all cases';
  if (slice.value.trim() === '') return sliceLabel(slice, true);
  return withDimension && slice.value !== slice.dimension ? `${slice.dimension}=${slice.value}` : slice.value;
}

/** Whether this is the one slice of a comparison without dimensions. */
export function isAllCases({ dimension }: Pick<SliceReport, 'dimension'>): boolean {
  return dimension === ALL_CASES;
}

/** The metric and the columns that cut it, such as `pass rate by segment and language`. */
export function titleOf(section: MetricSection): string {
  const name = metricName(section.metric);
  const dimensions = byDimension([...section.gated, ...section.lowN]).map(({ dimension }) => dimension);
  if (dimensions.length === 0) return name;
  return dimensions.includes(ALL_CASES) ? `${name} of all cases` : `${name} by ${dimensions.join(' and ')}`;
}

/** The row of all cases, which gates nothing; left out where it would only repeat the one slice of all cases. */
export function meanOf(section: MetricSection): OverallReport | null {
  return section.gated.some(isAllCases) ? null : section.overall;
}

/** What the row of all cases is called: the mean of a case, which weights slices by their cases, or the value over all. */
export function meanName(metric: string): string {
  return isMean(metric) ? 'mean (weighted)' : 'all cases';
}

/** Whether all cases together have the mean of their values; quantiles (`p95:latency`) are none. */
export function isMean(metric: string): boolean {
  return !/^p\d+(?:\.\d+)?:/.test(metric);
}

/** The findings that say more than the slices: those of the check `slice-losses` repeat their rows. */
export function otherFindings(report: Report): readonly Finding[] {
  return report.findings.filter((finding) => finding.check !== 'slice-losses');
}

/** The findings for people, who read the conclusion of `win-or-noise` beside the mean. */
export function toldFindings(report: Report): readonly Finding[] {
  return otherFindings(report).filter(
    ({ check, status, verdict }) =>
      check !== 'win-or-noise' || status !== 'checked' || verdict !== null || report.overall.length === 0,
  );
}

/** What a finding says to a person: of a check that could not run only what to add. */
export function sentenceOf({ status, reason, remedy }: Finding): string {
  if (status === 'not checkable') return remedy ?? reason;
  return remedy === null ? reason : `${reason}; to do: ${remedy}`;
}

/** Whether this is a configured slice without cases, which a finding tells with its remedy. */
export function isAbsent({ n, baseline, candidate }: SliceReport): boolean {
  return n === 0 && baseline === null && candidate === null;
}

/** Checks that ran and found nothing, or passed; the order is that in which people look for a cause. */
export function quietChecks(report: Report): readonly string[] {
  const told = new Set(report.findings.map(({ check }) => check));
  const passed = report.findings.filter(({ status, verdict }) => status === 'checked' && verdict === 'PASS');
  const quiet = new Set(passed.map(({ check }) => check));
  const known = Object.keys(CHECKS).filter((check) => !told.has(check) || quiet.has(check));
  return [...new Set([...known, ...quiet])];
}

/** Gated slices that take part in the correction for their number, over all metrics. */
export function testedSlices(report: Report): number {
  return report.slices.filter(({ role, adjustedPValue }) => role === 'gated' && adjustedPValue !== null)
    .length;
}

/** Whether names need their dimension in this list. */
export function needsDimension(slices: readonly SliceReport[]): boolean {
  return new Set(slices.map((slice) => slice.dimension)).size > 1;
}

/** What a nominee of stage one is called: the name of its slice, or its id where no fresh case has it. */
export function nomineeName(id: string, { slices }: Report): string {
  const slice = slices.find((candidate) => candidate.id === id);
  return slice === undefined ? id : sliceLabel(slice, false);
}
