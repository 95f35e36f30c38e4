/** Every value of many dimensions against the rest, for one or more metrics, corrected over all that was looked at. */

import {
  contrastInterval,
  contrastP,
  type Estimate,
  type ExplainedVariance,
  explainedVariance,
  hypergeometricSf,
  robustContrast,
  wilsonInterval,
} from '../stats/index.ts';
import { type Correction, correctFamily } from './corrections.ts';
import type { DimensionData } from './dimension-data.ts';

/** One metric over its dimensions; all share the cases of the run. */
export interface MetricDimensions {
  readonly metric: string;
  /** Whether larger values are better or worse. */
  readonly larger: 'better' | 'worse';
  readonly dimensions: readonly DimensionData[];
}

export interface ScanOptions {
  /** Over all slices of all dimensions and metrics: `holm` (family-wise) or `bh` (false discovery rate), or another. */
  readonly correction: Correction;
  readonly alpha: number;
  /** Values with fewer cases are not tested, and listed as such. */
  readonly minCases: number;
  /** Confidence level of rates, in (0, 1). */
  readonly level: number;
}

export const SCAN_DEFAULTS: ScanOptions = { correction: 'holm', alpha: 0.05, minCases: 20, level: 0.95 };

/** One value of one dimension in one metric. */
export interface ScannedSlice {
  readonly metric: string;
  readonly dimension: string;
  readonly label: string;
  readonly cases: number;
  readonly rate: Estimate;
  /** Mean of all other cases that have the metric; null where there are none. */
  readonly rest: number | null;
  /** How much worse than the rest, in units of the metric. */
  readonly gap: number | null;
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly state: 'confirmed' | 'not confirmed' | 'too few cases' | 'cannot be tested';
}

/** A dimension in a metric: how much it explains, and its slices in the order of its values. */
export interface ScanCell {
  readonly metric: string;
  readonly dimension: string;
  readonly explained: ExplainedVariance;
  readonly slices: readonly ScannedSlice[];
}

export interface DimensionScan {
  /** By metric, then by dimension, in input order. */
  readonly cells: readonly (readonly ScanCell[])[];
  /** Confirmed slices, smallest adjusted p-value first (ties in input order). */
  readonly confirmed: readonly ScannedSlice[];
  /** Slices looked at, and tested: what the correction pays for. */
  readonly looked: number;
  readonly tested: number;
  readonly correction: Correction;
  readonly alpha: number;
}

/**
 * Tests every value of every dimension, one-sided for being worse than all other cases: Fisher's exact test for pass or fail, a
 * t test robust to clusters otherwise. Single slices are confirmed by the correction alone; conjunctions need held-out cases.
 */
export function scanDimensions(
  metrics: readonly MetricDimensions[],
  options: ScanOptions = SCAN_DEFAULTS,
): DimensionScan {
  const drafts = metrics.map((metric) =>
    metric.dimensions.map((dimension) => ({
      dimension,
      slices: scanDimension(metric, dimension, options),
    })),
  );
  const p = drafts.flat().flatMap(({ slices }) => slices.map((slice) => slice.p ?? Number.NaN));
  const family = correctFamily(Float64Array.from(p), options.correction, options.alpha);
  const cells = drafts.map((row, m) =>
    row.map(({ dimension, slices }): ScanCell => {
      const { values, groups, counts, clusters } = dimension;
      return {
        metric: metrics[m]!.metric,
        dimension: dimension.id,
        explained: explainedVariance({ values, groups, counts, clusters }),
        slices: slices.map((slice) => {
          if (slice.p === null) return slice;
          const adjustedP = family.adjust(slice.p);
          return { ...slice, adjustedP, state: adjustedP! <= options.alpha ? 'confirmed' : 'not confirmed' };
        }),
      };
    }),
  );
  const all = cells.flat().flatMap(({ slices }) => slices);
  return {
    cells,
    confirmed: all.filter(({ state }) => state === 'confirmed').sort((a, b) => a.adjustedP! - b.adjustedP!),
    looked: all.filter(({ cases }) => cases > 0).length,
    tested: family.tests,
    correction: options.correction,
    alpha: options.alpha,
  };
}

/** Number of cases and sum of the metric. */
interface Part {
  readonly n: number;
  readonly sum: number;
}

function scanDimension(metric: MetricDimensions, data: DimensionData, options: ScanOptions): ScannedSlice[] {
  const sizes = new Float64Array(data.labels.length);
  const sums = new Float64Array(data.labels.length);
  let [n, sum] = [0, 0];
  let binary = data.clusters === null;
  data.values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const count = data.counts[i]!;
    const group = data.groups[i]!;
    n += count;
    sum += count * value;
    if (value !== 0 && value !== 1) binary = false;
    if (group < 0) return;
    sizes[group]! += count;
    sums[group]! += count * value;
  });
  const test = binary ? exactTest : robustTest;
  return data.labels.map((label, group) => {
    const own = { n: sizes[group]!, sum: sums[group]! };
    const rest = { n: n - own.n, sum: sum - own.sum };
    const sign = metric.larger === 'worse' ? 1 : -1;
    const { rate, p } = test({ data, group, own, rest, larger: metric.larger, level: options.level });
    const tested = own.n >= options.minCases && rest.n > 0 ? p : null;
    return {
      ...{ metric: metric.metric, dimension: data.id, label, cases: own.n, rate },
      rest: rest.n === 0 ? null : rest.sum / rest.n,
      gap: own.n === 0 || rest.n === 0 ? null : sign * (own.sum / own.n - rest.sum / rest.n),
      ...{ p: tested, adjustedP: null },
      state: own.n < options.minCases ? 'too few cases' : 'cannot be tested',
    };
  });
}

interface ValueInput {
  readonly data: DimensionData;
  readonly group: number;
  readonly own: Part;
  readonly rest: Part;
  readonly larger: 'better' | 'worse';
  readonly level: number;
}

function exactTest({ own, rest, larger, level }: ValueInput): { rate: Estimate; p: number | null } {
  const bad = ({ n, sum }: Part) => (larger === 'worse' ? sum : n - sum);
  return {
    rate: wilsonInterval(own.sum, own.n, level),
    p: hypergeometricSf(bad(own), own.n + rest.n, bad(own) + bad(rest), own.n),
  };
}

function robustTest({ data, group, larger, level }: ValueInput): { rate: Estimate; p: number | null } {
  const { counts, clusters } = data;
  const sign = larger === 'worse' ? 1 : -1;
  const side = data.values.map((value, i) => (Number.isNaN(value) ? 0 : data.groups[i] === group ? 1 : 2));
  const values = data.values.map((value) => (Number.isNaN(value) ? 0 : value));
  const contrast = (sides: Float64Array, signed: Float64Array) =>
    robustContrast({ values: signed, side: sides, counts, weights: null, clusters });
  const ownOnly = side.map((mark) => (mark === 1 ? 1 : 0));
  return {
    rate: contrastInterval(contrast(ownOnly, values), level),
    p: contrastP(
      contrast(
        side,
        values.map((value) => sign * value),
      ),
    ),
  };
}
