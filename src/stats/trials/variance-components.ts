/** How much of the spread of scores lies between cases and how much between trials of one case. */

/** One-way analysis of variance over repeated trials; null where there are too few cases or trials. */
export interface VarianceComponents {
  /** Mean over all trials. */
  readonly mean: number | null;
  /** Standard error of the mean of case means: the trials of a case are no cases of their own. */
  readonly seMean: number | null;
  readonly msBetween: number | null;
  readonly msWithin: number | null;
  /** Variance between cases, at least 0. */
  readonly varBetween: number | null;
  /** Variance between trials of one case. */
  readonly varWithin: number | null;
  /** ICC(1): correlation of two trials of one case; may be negative. */
  readonly icc1: number | null;
}

/**
 * Variance components of scores by case; cases may have different numbers of trials.
 *
 * @param trials the finite scores of each case
 * @source Searle, Casella and McCulloch 1992; ICC(1) of Shrout and Fleiss 1979
 * @example varianceComponents([[1, 1], [0, 1]]).icc1 // 0
 */
export function varianceComponents(trials: readonly (readonly number[])[]): VarianceComponents {
  const cases = trials.filter((scores) => scores.length > 0);
  const count = cases.length;
  const total = cases.reduce((sum, scores) => sum + scores.length, 0);
  const means = cases.map(meanOf);
  const none = { msBetween: null, msWithin: null, varBetween: null, varWithin: null, icc1: null };
  if (count === 0) return { mean: null, seMean: null, ...none };
  const mean = meanOf(cases.flat());
  const middle = meanOf(means);
  const seMean =
    count < 2 ? null : Math.sqrt(means.reduce((sum, m) => sum + (m - middle) ** 2, 0) / (count - 1) / count);
  if (count < 2 || total === count) return { mean, seMean, ...none };
  let between = 0;
  let within = 0;
  cases.forEach((scores, i) => {
    between += scores.length * (means[i]! - mean) ** 2;
    for (const score of scores) within += (score - means[i]!) ** 2;
  });
  const msBetween = between / (count - 1);
  const msWithin = within / (total - count);
  const squares = cases.reduce((sum, scores) => sum + scores.length ** 2, 0);
  const perCase = (total - squares / total) / (count - 1);
  const spread = msBetween + (perCase - 1) * msWithin;
  return {
    ...{ mean, seMean, msBetween, msWithin },
    varBetween: Math.max(0, (msBetween - msWithin) / perCase),
    varWithin: msWithin,
    icc1: spread === 0 ? null : (msBetween - msWithin) / spread,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
