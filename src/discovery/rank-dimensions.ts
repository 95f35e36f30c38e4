/** Which dimension should we gate on: those between whose values the results differ most, and where it is proved. */

import {
  benjaminiHochberg,
  contrastInterval,
  type Estimate,
  type ExplainedVariance,
  explainedVariance,
  holm,
  normalQuantile,
  permutationHomogeneityP,
  robustContrast,
  wilsonInterval,
} from '../stats/index.ts';
import { atOnce, type Steps } from '../steps.ts';
import type { DimensionData } from './dimension-data.ts';

/** How dimensions are ranked and proposed. */
export interface RankOptions {
  /** False discovery rate over the ungated dimensions on the first half, family-wise error of their confirmation on the other. */
  readonly alpha: number;
  /** Confidence of the lower bound of the lead, and of intervals, in (0, 1). */
  readonly level: number;
  /** Values with fewer cases are left out of their dimension, and counted. */
  readonly minCases: number;
  /** Permutations where cases with an error are too few for the F test. */
  readonly permutations: number;
  readonly seed: number;
  /** Whether larger values are better; decides which slice is the worst. */
  readonly larger: 'better' | 'worse';
}

export const RANK_DEFAULTS: RankOptions = {
  ...{ alpha: 0.05, level: 0.95, minCases: 20, permutations: 9_999, seed: 1, larger: 'better' },
};

/** Why a dimension is not proposed; the first that applies. */
export type RankReason =
  | 'gated already'
  | 'fewer than two values with enough cases'
  | 'its values do not differ beyond chance on the first half'
  | 'not confirmed on the held-out half'
  | 'does not explain more than every gated dimension';

/** One dimension with what it explains. */
export interface RankedDimension {
  readonly id: string;
  readonly gated: boolean;
  /** Values with enough cases, and cases in them. */
  readonly values: number;
  readonly cases: number;
  readonly smallValues: number;
  readonly smallCases: number;
  /** Share of the variance between its values, in the population, with an interval. */
  readonly omegaSquared: Estimate;
  readonly icc: number | null;
  readonly worst: { readonly label: string; readonly rate: Estimate } | null;
  /** P-value on the first half, and corrected over the ungated dimensions (Benjamini-Hochberg). */
  readonly p: number | null;
  readonly adjustedP: number | null;
  /** Of those that pass: p-value on the held-out half, corrected over them (Holm). */
  readonly heldOutP: number | null;
  readonly heldOutAdjustedP: number | null;
  /** Lead over the gated dimension that it exceeds least, with its one-sided lower bound; over 0 where nothing is gated. */
  readonly lead: { readonly over: string | null; readonly estimate: number; readonly lower: number } | null;
  readonly proposed: boolean;
  readonly reason: RankReason | null;
}

/** All dimensions, most explained variance first (ties by input order), and the ids that are proposed. */
export interface DimensionRanking {
  readonly dimensions: readonly RankedDimension[];
  readonly proposals: readonly string[];
  /** Ungated dimensions that were tested. */
  readonly tested: number;
}

/**
 * Ranks dimensions by omega squared. An ungated dimension is proposed when its values differ on the first half after control of
 * the false discovery rate over all ungated dimensions, this is confirmed on the other half, and the lower bound of its lead over
 * every gated dimension is above 0. The bound adds the two standard errors, which holds however the two are correlated.
 *
 * Cost: a few passes over the entries of each dimension.
 */
export function rankDimensions(
  dimensions: readonly DimensionData[],
  options: RankOptions = RANK_DEFAULTS,
): DimensionRanking {
  return atOnce(rankingSteps(dimensions, options));
}

/** Dimensions after which others may have their turn. */
const AT_ONCE = 20;

/** The same in steps: of thousands of columns the first tests take seconds. */
export function* rankingSteps(
  dimensions: readonly DimensionData[],
  options: RankOptions,
): Steps<DimensionRanking> {
  const drafts: Draft[] = [];
  const first: (number | null)[] = [];
  for (const dimension of dimensions) {
    if (drafts.length % AT_ONCE === 0) yield;
    const own = draft(dimension, options);
    const isCandidate = !dimension.gated && own.whole.omegaSquared !== null;
    drafts.push(own);
    first.push(isCandidate ? halfP(own, 0, options) : null);
  }
  const adjusted = benjaminiHochberg(first);
  const nominated = adjusted.map((p) => p !== null && p <= options.alpha);
  const second = drafts.map((entry, i) => (nominated[i] ? halfP(entry, 1, options) : null));
  const confirmed = holm(second);
  const gated = drafts.filter(({ data, whole }) => data.gated && whole.omegaSquared !== null);
  const ranked = drafts.map((entry, i): RankedDimension => {
    const lead = entry.data.gated ? null : leadOf(entry, gated, options.level);
    const state = {
      ...{ p: first[i]!, adjustedP: adjusted[i]! },
      ...{ heldOutP: second[i]!, heldOutAdjustedP: confirmed[i]!, lead },
    };
    const reason = reasonOf(entry, nominated[i]!, state, options);
    return { ...describe(entry, options), ...state, proposed: reason === null, reason };
  });
  const order = ranked.map((_, i) => i);
  const size = (i: number) => ranked[i]!.omegaSquared.estimate ?? Number.NEGATIVE_INFINITY;
  order.sort((a, b) => (size(a) === size(b) ? a - b : size(b) - size(a)));
  const sorted = order.map((i) => ranked[i]!);
  return {
    dimensions: sorted,
    proposals: sorted.filter(({ proposed }) => proposed).map(({ id }) => id),
    tested: first.filter((p) => p !== null).length,
  };
}

/** A dimension without its small values. */
interface Draft {
  readonly data: DimensionData;
  readonly groups: Int32Array;
  readonly smallValues: number;
  readonly smallCases: number;
  readonly whole: ExplainedVariance;
  readonly binary: boolean;
}

function draft(data: DimensionData, { minCases }: RankOptions): Draft {
  const sizes = new Float64Array(data.labels.length);
  data.groups.forEach((group, i) => {
    if (group >= 0) sizes[group]! += data.counts[i]!;
  });
  const groups = data.groups.map((group) => (group >= 0 && sizes[group]! >= minCases ? group : -1));
  const small = sizes.filter((size) => size > 0 && size < minCases);
  const { values, counts, clusters } = data;
  return {
    ...{ data, groups },
    smallValues: small.length,
    smallCases: small.reduce((sum, size) => sum + size, 0),
    whole: explainedVariance({ values, groups, counts, clusters }),
    binary: values.every((value, i) => groups[i]! < 0 || value === 0 || value === 1),
  };
}

/** Expected counts below this make the F test of pass or fail unreliable. */
const FEW_EXPECTED = 5;

/** Outside this range of p-values no unreliability of the F test could change what follows from it. */
const CLEARLY = { small: 1e-8, large: 0.2 };

function halfP({ data, groups, binary }: Draft, which: 0 | 1, options: RankOptions): number | null {
  const own = groups.map((group, i) => (data.half[i] === which ? group : -1));
  const { values, counts, clusters } = data;
  const { p } = explainedVariance({ values, groups: own, counts, clusters });
  if (p === null || !binary || clusters !== null || p < CLEARLY.small || p > CLEARLY.large) return p;
  const sizes = new Float64Array(data.labels.length);
  const ones = new Float64Array(data.labels.length);
  own.forEach((group, i) => {
    if (group < 0) return;
    sizes[group]! += counts[i]!;
    ones[group]! += counts[i]! * values[i]!;
  });
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const rarer = Math.min(
    ones.reduce((sum, count) => sum + count, 0) / n,
    1 - ones.reduce((sum, count) => sum + count, 0) / n,
  );
  const sparse = sizes.some((size) => size > 0 && size * rarer < FEW_EXPECTED);
  return sparse ? permutationHomogeneityP(sizes, ones, options.permutations, options.seed) : p;
}

function leadOf({ whole }: Draft, gated: readonly Draft[], level: number): RankedDimension['lead'] {
  if (whole.omegaSquared === null) return null;
  const z = normalQuantile(level);
  const rivals = gated.length === 0 ? [null] : gated;
  const leads = rivals.map((rival) => {
    const estimate = whole.omegaSquared! - Math.max(0, rival?.whole.omegaSquared ?? 0);
    return {
      over: rival?.data.id ?? null,
      estimate,
      lower: estimate - z * (whole.se! + (rival?.whole.se ?? 0)),
    };
  });
  return leads.reduce((least, lead) => (lead.lower < least.lower ? lead : least));
}

function reasonOf(
  { data, whole }: Draft,
  nominated: boolean,
  state: Pick<RankedDimension, 'heldOutAdjustedP' | 'lead'>,
  { alpha }: RankOptions,
): RankReason | null {
  if (data.gated) return 'gated already';
  if (whole.omegaSquared === null) return 'fewer than two values with enough cases';
  if (!nominated) return 'its values do not differ beyond chance on the first half';
  if (state.heldOutAdjustedP === null || state.heldOutAdjustedP > alpha)
    return 'not confirmed on the held-out half';
  return state.lead !== null && state.lead.lower > 0
    ? null
    : 'does not explain more than every gated dimension';
}

function describe(entry: Draft, options: RankOptions) {
  const { data, whole, groups, smallValues, smallCases } = entry;
  const { omegaSquared: estimate, se, icc, n } = whole;
  const base = { estimate, level: options.level, method: 'omega-squared-delta', n };
  const half = se === null ? 0 : normalQuantile((1 + options.level) / 2) * se;
  return {
    ...{ id: data.id, gated: data.gated, values: whole.groups, cases: n, smallValues, smallCases, icc },
    omegaSquared:
      estimate === null
        ? {
            ...base,
            lower: null,
            upper: null,
            reason: 'fewer than two values with enough cases, or no spread',
          }
        : { ...base, lower: Math.max(0, estimate - half), upper: Math.min(1, Math.max(0, estimate + half)) },
    worst: worstOf(data, groups, entry.binary, options),
  };
}

function worstOf(
  data: DimensionData,
  groups: Int32Array,
  binary: boolean,
  options: RankOptions,
): RankedDimension['worst'] {
  const sizes = new Float64Array(data.labels.length);
  const sums = new Float64Array(data.labels.length);
  groups.forEach((group, i) => {
    if (group < 0) return;
    sizes[group]! += data.counts[i]!;
    sums[group]! += data.counts[i]! * data.values[i]!;
  });
  const sign = options.larger === 'better' ? 1 : -1;
  const mean = (group: number) => (sign * sums[group]!) / sizes[group]!;
  const used = [...sizes.keys()].filter((group) => sizes[group]! > 0);
  if (used.length === 0) return null;
  const worst = used.reduce((least, group) => (mean(group) < mean(least) ? group : least));
  const [n, sum] = [sizes[worst]!, sums[worst]!];
  const label = data.labels[worst]!;
  if (binary && data.clusters === null) return { label, rate: wilsonInterval(sum, n, options.level) };
  const side = groups.map((group) => (group === worst ? 1 : 0));
  const { values, counts, clusters } = data;
  const contrast = robustContrast({ values, side, counts, weights: null, clusters });
  return { label, rate: contrastInterval(contrast, options.level) };
}
