/** How the score moves with each parameter: looked for in everything that varies, so nothing here is proof. */

import { parseDecimal } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import type { ExperimentRun } from '../../sources/index.ts';
import { type Estimate, explainedVariance, holm, spearman, tInterval } from '../../stats/index.ts';

/** One parameter that varies between runs. */
export interface ParameterTrend {
  readonly parameter: string;
  /** Runs that have both the parameter and the metric. */
  readonly runs: number;
  readonly values: number;
  /** Rank correlation with the metric as logged; null for texts and below 8 runs. */
  readonly rho: Estimate | null;
  /** Mean per value where values are few: at most 8, best represented first. */
  readonly means: readonly { readonly value: string; readonly mean: Estimate }[];
  readonly pValue: number | null;
  /** By Holm over all parameters of the table. */
  readonly adjusted: number | null;
  readonly reason: string | null;
}

/** Correlations of fewer runs are not shown (Kendall's exact test aside, which is for releases). */
const LEAST_RUNS = 8;
const MOST_VALUES = 8;
const LEVEL = 0.95;

/**
 * Every parameter that has at least two values, in order of its adjusted p.
 *
 * @param runs of one group, whose scores were measured alike
 */
export function parameterTrends(runs: readonly ExperimentRun[], metric: string): readonly ParameterTrend[] {
  const names = [...new Set(runs.flatMap(({ params }) => [...params.keys()]))].toSorted(compareText);
  const found = names.flatMap((name) => trendOf(runs, name, metric) ?? []);
  const tested = found.filter(({ pValue }) => pValue !== null);
  const adjusted = holm(tested.map(({ pValue }) => pValue!));
  const byName = new Map(tested.map(({ parameter }, i) => [parameter, adjusted[i]!]));
  return found
    .map((trend) => ({ ...trend, adjusted: byName.get(trend.parameter) ?? null }))
    .toSorted(
      (a, b) =>
        (a.adjusted ?? 2) - (b.adjusted ?? 2) ||
        (a.pValue ?? 2) - (b.pValue ?? 2) ||
        compareText(a.parameter, b.parameter),
    );
}

function trendOf(runs: readonly ExperimentRun[], parameter: string, metric: string): ParameterTrend | null {
  const pairs = runs.flatMap(({ params, metrics }) => {
    const value = params.get(parameter);
    const score = metrics.get(metric);
    return value === undefined || score === undefined || !Number.isFinite(score) ? [] : [{ value, score }];
  });
  const groups = Map.groupBy(pairs, ({ value }) => value);
  if (groups.size < 2) return null;
  const shared = { parameter, runs: pairs.length, values: groups.size, adjusted: null };
  const scores = pairs.map(({ score }) => score);
  const numbers = pairs.map(({ value }) => parseDecimal(value));
  const isNumeric = numbers.every((number) => number !== null);
  const means = groups.size <= MOST_VALUES ? meansOf(groups, isNumeric) : [];
  if (pairs.length < LEAST_RUNS)
    return { ...shared, rho: null, means, pValue: null, reason: `fewer than ${LEAST_RUNS} runs` };
  if (isNumeric) {
    const { rho, pValue } = spearman(numbers, scores, LEVEL);
    return { ...shared, rho, means, pValue, reason: rho.reason ?? null };
  }
  if (groups.size > pairs.length / 2)
    return { ...shared, rho: null, means, pValue: null, reason: 'nearly every run has its own value' };
  const codes = new Map([...groups.keys()].map((value, i) => [value, i]));
  const { p } = explainedVariance({
    values: scores,
    groups: pairs.map(({ value }) => codes.get(value)!),
    counts: null,
    clusters: null,
  });
  return { ...shared, rho: null, means, pValue: p, reason: p === null ? 'the score does not vary' : null };
}

function meansOf(
  groups: ReadonlyMap<string, readonly { readonly value: string; readonly score: number }[]>,
  isNumeric: boolean,
): ParameterTrend['means'] {
  return [...groups]
    .toSorted(([a, own], [b, other]) =>
      isNumeric ? Number(a) - Number(b) : other.length - own.length || compareText(a, b),
    )
    .map(([value, own]) => ({
      value,
      mean: tInterval(
        own.map(({ score }) => score),
        LEVEL,
      ),
    }));
}
