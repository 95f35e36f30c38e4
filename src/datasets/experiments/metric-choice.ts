/** Chooses the metric that runs are ordered by, and which way it points; what nobody says is said to be assumed. */

import { foundText, foundTexts } from '../../cases/index.ts';
import { UsageError } from '../../errors.ts';
import { compareText } from '../../slices/index.ts';
import { type ExperimentRun, isMetricName } from '../../sources/index.ts';
import { isAsideMetric, partOfMetric } from './run-fields.ts';

export type MetricDirection = 'higher' | 'lower';

/** The metric, and where the answer comes from. */
export interface MetricChoice {
  readonly name: string;
  readonly direction: MetricDirection;
  /** `named`: the user said so. `name`: from the metric's name. `assumed`: nobody knows. */
  readonly directionFrom: 'named' | 'name' | 'assumed';
  readonly chosen: 'named' | 'found';
}

const LOWER =
  /(?:^|[^a-z])(?:loss|err|error|errors|mse|mae|rmse|nll|wer|cer|perplexity|ppl|brier|ece|latency|cost|time|runtime|seconds|duration|grad_norm|norm)(?:$|[^a-z])/i;
const HIGHER =
  /(?:^|[^a-z])(?:acc|accuracy|f1|auc|auroc|ap|map|precision|recall|r2|score|reward|bleu|rouge|mcc|kappa|ndcg|mrr|pass_rate|passed|exact_match|win_rate|lift)(?:$|[^a-z0-9])/i;

/** Which way a metric points by its name; null where the name does not say. */
export function directionOf(name: string): MetricDirection | null {
  if (LOWER.test(name)) return 'lower';
  return HIGHER.test(name) ? 'higher' : null;
}

/**
 * The wanted metric, or the best guess: what most runs have, held-out before training, scores before losses.
 *
 * @throws UsageError where no run has the wanted metric, or none has any
 */
export function chooseMetric(
  runs: readonly ExperimentRun[],
  wanted: string | null,
  direction: MetricDirection | null,
): MetricChoice {
  const counts = new Map<string, number>();
  for (const { metrics } of runs)
    for (const name of metrics.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts.keys()].toSorted(compareText);
  if (names.length === 0) throw new UsageError({ message: `none of the ${runs.length} runs has a metric` });
  if (wanted !== null && !counts.has(wanted))
    throw new UsageError({
      message: `no run has the metric ${foundText(wanted)}; metrics are ${foundTexts(names, 20)}`,
      hint: '--sort METRIC',
    });
  const rank = (name: string): number =>
    (partOfMetric(name) === 'validation' ? 4 : partOfMetric(name) === null ? 2 : 0) +
    (directionOf(name) === 'higher' ? 1 : 0) +
    (isMetricName(name) ? 4 : 0);
  const best = names.toSorted(
    (a, b) =>
      Number(isAsideMetric(a)) - Number(isAsideMetric(b)) ||
      counts.get(b)! - counts.get(a)! ||
      rank(b) - rank(a) ||
      compareText(a, b),
  )[0]!;
  const name = wanted ?? best;
  const own = directionOf(name);
  return {
    name,
    direction: direction ?? own ?? 'higher',
    directionFrom: direction !== null ? 'named' : own !== null ? 'name' : 'assumed',
    chosen: wanted === null ? 'found' : 'named',
  };
}
