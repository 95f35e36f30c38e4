/** Sorts the slices of a document into the sections that every report shows, keeping the document's order within each. */

import type { Finding } from '../../findings/index.ts';
import type { OverallReport, Report, SliceReport } from '../../gate/index.ts';

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
  const dimensions = new Set(slices.map((slice) => slice.dimension));
  return [...dimensions].map((dimension) => ({
    dimension,
    slices: slices.filter((slice) => slice.dimension === dimension),
  }));
}

/** Name of a slice: its value, with the dimension where several dimensions stand side by side. */
export function sliceName(slice: SliceReport, withDimension: boolean): string {
  if (slice.value === '') return `${slice.dimension}=`;
  return withDimension && slice.value !== slice.dimension ? `${slice.dimension}=${slice.value}` : slice.value;
}

/** The findings that say more than the rows of the slices: those of the check `slice-losses` repeat them. */
export function otherFindings(report: Report): readonly Finding[] {
  return report.findings.filter((finding) => finding.check !== 'slice-losses');
}

/** Whether names need their dimension in this list. */
export function needsDimension(slices: readonly SliceReport[]): boolean {
  return new Set(slices.map((slice) => slice.dimension)).size > 1;
}
