/** How much the best run of a search owes to luck: over the cases it was scored on, and over seeds. */

import { parseDecimal } from '../../cases/index.ts';
import { compareText } from '../../slices/index.ts';
import type { ExperimentRun } from '../../sources/index.ts';
import { type BestOfN, bestOfN, type Estimate } from '../../stats/index.ts';
import type { MetricDirection } from './metric-choice.ts';
import { fieldOf, isSeedName } from './run-fields.ts';

/** One question to the best of N. Figures are those of the metric itself, whichever way it points. */
export interface BestRunReport {
  /** `cases`: the same model on fresh cases. `seeds`: the same setting trained again. */
  readonly over: 'cases' | 'seeds';
  /** Where the noise comes from, in words. */
  readonly noiseFrom: string;
  /** Standard deviation of the noise of one run. */
  readonly noise: number;
  /** Runs (or settings) that were compared. */
  readonly tried: number;
  /** Id of the best run; the parameters of the best setting for seeds. */
  readonly best: string;
  readonly observed: number;
  readonly mean: number;
  /** Observed minus the expectation, in the direction of better: at least 0 but for rounding. */
  readonly optimism: number;
  readonly expected: Estimate;
  readonly luckIfEqual: number;
  readonly ties: number;
}

/** What is known of the search, and what is not. */
export interface BestRuns {
  readonly reports: readonly BestRunReport[];
  /** Runs of the group, and those of them without a score of their own. */
  readonly runs: number;
  readonly unscored: number;
  /** Why a question has no answer. */
  readonly missing: readonly string[];
}

const LEAST_DEGREES = 3;

/**
 * Looks at the best run a second time.
 *
 * @param runs of one group, whose scores were measured alike
 * @param cases eval cases of every run where a person says it; null reads it from each run
 */
export function bestRuns(
  runs: readonly ExperimentRun[],
  metric: string,
  direction: MetricDirection,
  cases: number | null,
): BestRuns {
  const scored = runs.flatMap((run) => {
    const score = run.metrics.get(metric);
    return score === undefined || !Number.isFinite(score) ? [] : [{ run, score }];
  });
  const sign = direction === 'higher' ? 1 : -1;
  const answers = [overCases(scored, sign, cases), overSeeds(scored, sign)];
  return {
    reports: answers.filter((answer) => typeof answer !== 'string'),
    runs: runs.length,
    unscored: runs.length - scored.length,
    missing: answers.filter((answer) => typeof answer === 'string'),
  };
}

type Scored = readonly { readonly run: ExperimentRun; readonly score: number }[];

/** A score between 0 and 1 that is the mean over n cases has at most the variance p (1 - p) / n. */
function overCases(scored: Scored, sign: number, cases: number | null): BestRunReport | string {
  if (!scored.every(({ score }) => score >= 0 && score <= 1))
    return 'luck of the cases: the metric leaves 0 to 1, so its noise does not follow from the number of cases';
  const sized = scored.flatMap(({ run, score }) => {
    const n = cases ?? parseDecimal(fieldOf(run, 'eval cases') ?? '');
    return n !== null && n >= 1 ? [{ run, score, n }] : [];
  });
  if (sized.length < scored.length)
    return `luck of the cases: ${scored.length - sized.length} of ${scored.length} runs do not say on how many cases they were scored (log eval_cases, or --cases N)`;
  const pooled = sized.reduce((sum, { score }) => sum + score, 0) / sized.length;
  const rate = Math.min(Math.max(pooled, 1e-3), 1 - 1e-3);
  const variances = sized.map(({ n }) => (rate * (1 - rate)) / n);
  const sizes = sized.map(({ n }) => n);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return answerOf(
    bestOfN(
      sized.map(({ score }) => sign * score),
      variances,
    ),
    sign,
    {
      over: 'cases',
      noiseFrom: `${least === most ? least : `${least} to ${most}`} eval cases per run, at the mean score ${pooled.toFixed(3)}`,
      noise: Math.sqrt(variances.reduce((sum, v) => sum + v, 0) / variances.length),
      nameOf: (at) => sized[at]!.run.id,
    },
  );
}

/** Runs that agree in every parameter but the seed are repeats of one setting. */
function overSeeds(scored: Scored, sign: number): BestRunReport | string {
  const settings = [
    ...Map.groupBy(scored, ({ run }) =>
      JSON.stringify(
        [...run.params].filter(([name]) => !isSeedName(name)).toSorted(([a], [b]) => compareText(a, b)),
      ),
    ),
  ];
  let squares = 0;
  let degrees = 0;
  const means = settings.map(([, own]) => {
    const mean = own.reduce((sum, { score }) => sum + score, 0) / own.length;
    squares += own.reduce((sum, { score }) => sum + (score - mean) ** 2, 0);
    degrees += own.length - 1;
    return mean;
  });
  if (degrees < LEAST_DEGREES || squares === 0)
    return 'luck of the seeds: too few runs repeat a setting with another seed (at least 3 repeats are needed)';
  const variance = squares / degrees;
  return answerOf(
    bestOfN(
      means.map((mean) => sign * mean),
      settings.map(([, own]) => variance / own.length),
    ),
    sign,
    {
      over: 'seeds',
      noiseFrom: `${scored.length} runs of ${settings.length} settings, ${degrees} degrees of freedom`,
      noise: Math.sqrt(variance),
      nameOf: (at) => settingName(settings[at]![0]),
    },
  );
}

function settingName(key: string): string {
  return (JSON.parse(key) as readonly (readonly [string, string])[])
    .map(([name, value]) => `${name}=${value}`)
    .join(', ');
}

function answerOf(
  found: BestOfN | null,
  sign: number,
  {
    nameOf,
    ...words
  }: Pick<BestRunReport, 'over' | 'noiseFrom' | 'noise'> & { readonly nameOf: (at: number) => string },
): BestRunReport | string {
  if (found === null)
    return `luck of the ${words.over}: fewer than 3 ${words.over === 'seeds' ? 'settings' : 'runs'} with a score`;
  const { estimate, lower, upper } = found.expected;
  return {
    ...words,
    tried: found.n,
    best: nameOf(found.best),
    observed: sign * found.observed,
    mean: sign * found.mean,
    optimism: found.optimism,
    expected: {
      ...found.expected,
      estimate: estimate === null ? null : sign * estimate,
      lower: sign > 0 ? lower : upper === null ? null : -upper,
      upper: sign > 0 ? upper : lower === null ? null : -lower,
    },
    luckIfEqual: found.luckIfEqual,
    ties: found.ties,
  };
}
