/** What the mistakes of two runs cost, and whether cost ranks the runs as F does. */

import type { ClassCosts, ErrorCosts } from '../config/index.ts';
import type { LabelSlice } from '../counts/index.ts';
import type { SliceKey } from '../slices/index.ts';
import {
  ABSENT_ANSWER,
  averageRate,
  bootstrapCells,
  type CellStatistics,
  type Estimate,
  fScore,
  type PairedAnswers,
  pairedMetrics,
  type TallyMetrics,
} from '../stats/index.ts';
import type { ClassOptions } from './class-figures.ts';
import { comparedCells } from './compared-cells.ts';
import { type CostOf, costOf } from './cost-of.ts';
import { costP } from './cost-test.ts';
import { labelSpace } from './label-space.ts';
import type { Compared } from './types.ts';

/** Mistakes of one run about the positive class. */
export interface ErrorCount {
  readonly misses: number;
  readonly falseAlarms: number;
  /** Cases without an answer that have a cost of their own. */
  readonly unanswered: number;
  readonly cases: number;
}

/** Cost and F of one slice. */
export interface CostComparison {
  readonly key: SliceKey;
  readonly n: number;
  /** Expected cost per 1,000 cases. */
  readonly costPer1000: Compared;
  /** F of the positive class, or the macro average where costs are a matrix without one. */
  readonly f: Compared;
  readonly fOf: string | null;
  readonly errors: { readonly baseline: ErrorCount | null; readonly candidate: ErrorCount } | null;
  /** The costs that were used, where they are of a miss and a false alarm. */
  readonly costs: ErrorCosts | null;
  /**
   * Cost of a miss in false alarms at which the cheaper run changes; null where one run is cheaper at every ratio, or costs are
   * a matrix.
   */
  readonly flipRatio: number | null;
  /**
   * `differs`: the cost interval excludes no change and the exact test of the pairs confirms it, and F prefers the other run or is
   * level within its interval. `agrees`: the same, and F prefers the same run. `open`: interval or test does not exclude no change.
   */
  readonly ranking: 'differs' | 'agrees' | 'open' | null;
}

/**
 * Expected cost of both runs on one slice, by one bootstrap with F. Null for sets of labels, which have no one true answer.
 *
 * @param costs for this slice; of an `errors` model only the costs themselves count here
 * @param positive the label that misses and false alarms are about
 */
export function costComparison(
  slice: LabelSlice,
  labels: readonly string[],
  model: ClassCosts,
  positive: string | null,
  options: ClassOptions,
): CostComparison | null {
  if (options.multiLabel) return null;
  const { pairing, level, resamples, seed } = options;
  const compared = comparedCells(slice, pairing);
  const { answers, space, names } = labelSpace(compared.answers, labels, false);
  const cost = costOf(model, positive, names);
  const costs = costStatistics(answers, cost);
  const scores = pairedMetrics(answers, space, fMetric(names, positive, options));
  const estimates = bootstrapCells({
    answers,
    statistics: together(costs, scores),
    // A comparison of costs is nothing without its interval.
    ...{ resamples: Math.max(resamples, FEWEST_RESAMPLES), seed, level },
  });
  const single = pairing === 'single run';
  const part = (at: number): Compared => ({
    baseline: single ? null : estimates[at]!,
    candidate: estimates[at + 1]!,
    delta: single ? null : estimates[at + 2]!,
    pValue: null,
  });
  const pValue = pairing === 'paired' ? costP(answers, cost, seed) : null;
  const [costPer1000, f] = [{ ...part(0), pValue }, part(3)];
  const errors =
    model.kind === 'errors' && positive !== null
      ? countErrors(answers, names.indexOf(positive), model)
      : null;
  return {
    key: { grouping: slice.grouping, state: slice.state, value: slice.value },
    n: compared.n,
    costPer1000,
    f,
    fOf: positive,
    errors:
      errors === null ? null : { baseline: single ? null : errors.baseline, candidate: errors.candidate },
    costs:
      model.kind === 'errors'
        ? { miss: model.miss, falseAlarm: model.falseAlarm, noAnswer: model.noAnswer }
        : null,
    flipRatio:
      errors === null || single || model.kind !== 'errors'
        ? null
        : flipRatio(errors.baseline, errors.candidate, model),
    ranking: single ? null : rankingOf(costPer1000, f.delta!, cost.uniform, level),
  };
}

const FEWEST_RESAMPLES = 2000;

/** F of the positive class, or macro F where no class is the positive one. */
function fMetric(names: readonly string[], positive: string | null, options: ClassOptions): TallyMetrics {
  const rate = fScore(options.beta ?? 1);
  const index = positive === null ? -1 : names.indexOf(positive);
  const undefinedAs = options.undefinedAs ?? 'skip';
  return {
    size: 1,
    evaluate(tally, out, at) {
      const value =
        positive === null
          ? averageRate(tally, rate, { average: 'macro', undefinedAs }).value
          : index < 0
            ? null
            : rate(tally, index);
      out[at] = value ?? Number.NaN;
    },
  };
}

/** Cost per 1,000 cases of the baseline, the candidate, and their difference. */
function costStatistics(answers: PairedAnswers, { cost }: CostOf): CellStatistics {
  const { expected, baseline, candidate } = answers;
  const sums = { before: 0, after: 0, casesBefore: 0, casesAfter: 0 };
  return {
    size: 3,
    clear: () => Object.assign(sums, { before: 0, after: 0, casesBefore: 0, casesAfter: 0 }),
    add(cell, cases) {
      if (baseline[cell] !== ABSENT_ANSWER) {
        sums.before += cases * cost(expected[cell]!, baseline[cell]!);
        sums.casesBefore += cases;
      }
      if (candidate[cell] !== ABSENT_ANSWER) {
        sums.after += cases * cost(expected[cell]!, candidate[cell]!);
        sums.casesAfter += cases;
      }
    },
    read(out) {
      out[0] = (1000 * sums.before) / sums.casesBefore;
      out[1] = (1000 * sums.after) / sums.casesAfter;
      out[2] = out[1]! - out[0]!;
    },
  };
}

/** Two sets of statistics from the same replicates. */
function together(first: CellStatistics, second: CellStatistics): CellStatistics {
  const one = new Float64Array(first.size);
  const two = new Float64Array(second.size);
  return {
    size: first.size + second.size,
    clear() {
      first.clear();
      second.clear();
    },
    add(cell, cases) {
      first.add(cell, cases);
      second.add(cell, cases);
    },
    read(out) {
      first.read(one);
      second.read(two);
      out.set(one);
      out.set(two, first.size);
    },
  };
}

function countErrors(
  answers: PairedAnswers,
  positive: number,
  { noAnswer }: ErrorCosts,
): { readonly baseline: ErrorCount; readonly candidate: ErrorCount } {
  const count = (side: 'baseline' | 'candidate'): ErrorCount => {
    const found = { misses: 0, falseAlarms: 0, unanswered: 0, cases: 0 };
    for (let i = 0; i < answers.cases.length; i++) {
      const [truth, answer, cases] = [answers.expected[i]!, answers[side][i]!, answers.cases[i]!];
      if (answer === ABSENT_ANSWER) continue;
      found.cases += cases;
      if (answer < 0 && noAnswer !== null) found.unanswered += cases;
      else if (truth === positive && answer !== positive) found.misses += cases;
      else if (truth !== positive && (answer === positive || answer < 0)) found.falseAlarms += cases;
    }
    return found;
  };
  return { baseline: count('baseline'), candidate: count('candidate') };
}

/** The ratio miss / false alarm at which both runs cost the same per case; null where one run is cheaper at every ratio. */
export function flipRatio(baseline: ErrorCount, candidate: ErrorCount, costs: ErrorCosts): number | null {
  const per = (part: keyof ErrorCount) => candidate[part] / candidate.cases - baseline[part] / baseline.cases;
  const other = per('falseAlarms') * costs.falseAlarm + per('unanswered') * (costs.noAnswer ?? 0);
  const ratio = -other / per('misses') / costs.falseAlarm;
  return Number.isFinite(ratio) && ratio > 0 ? ratio : null;
}

/** A higher F and a lower cost are better. */
function rankingOf(
  { delta: cost, pValue }: Compared,
  f: Estimate,
  uniform: boolean,
  level: number,
): CostComparison['ranking'] {
  const direction = ({ lower, upper }: Estimate): number =>
    lower === null || upper === null ? 0 : lower > 0 ? 1 : upper < 0 ? -1 : 0;
  // The interval alone is too sure where few costly cases changed.
  const cheaper = pValue !== null && pValue > 1 - level ? 0 : -direction(cost!);
  if (cheaper === 0) return 'open';
  const better = Math.sign(Math.abs(f.estimate ?? 0) < 1e-12 ? 0 : f.estimate!);
  const isLevel = direction(f) === 0;
  // Where every mistake costs the same, cost is accuracy: F in the same order is no other ranking.
  if (better === cheaper && (!isLevel || uniform)) return 'agrees';
  return 'differs';
}
