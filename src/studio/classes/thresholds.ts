/** Answers questions about thresholds on the probability of the positive class, and what mistakes cost under them. */

import { comparedMeans, costComparison, flipRatio } from '../../classes/index.ts';
import { UsageError } from '../../errors.ts';
import { ruleThreshold } from '../../stats/index.ts';
import type {
  MistakeCosts,
  ThresholdChoiceParams,
  ThresholdComparison,
  ThresholdParams,
  ThresholdSweep,
} from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { configuredCosts, whyNoProbabilities } from './class-overview.ts';
import { otherKinds } from './class-slices.ts';
import { countedSlice, resamplesOf } from './counted-classes.ts';
import { costRatios, runThresholds } from './run-thresholds.ts';
import { rankedSlice, scoredSlice } from './scored-slice.ts';
import { calledCases } from './threshold-outcomes.ts';
import { clusteredShares } from './threshold-shares.ts';

/** Both mistakes alike, where nobody said what they cost. */
const ALIKE: MistakeCosts = { miss: 1, falseAlarm: 1 };

/** What thresholds would have done in one slice; says why where there is no threshold to speak of. */
export async function thresholdSweep(
  session: StudioSession,
  { slice: id, costs: asked }: ThresholdParams,
): Promise<ThresholdSweep> {
  const { release } = session;
  const why = whyNoProbabilities(release);
  if (!why.possible) return { kind: 'none', reason: why.reason, todo: why.todo };
  const slice = await scoredSlice(session, id);
  const { task, positive, name } = slice;
  if (task !== 'binary' || positive === null) {
    return {
      kind: 'none',
      reason: `A threshold is about one class of two, and there are ${slice.labels.length}.`,
      todo: 'Calibration and the curves of one class against the rest are on their own tabs.',
    };
  }
  const ranked = await rankedSlice(session, id);
  const baseline = ranked.baseline?.groups ?? null;
  const candidate = ranked.candidate.groups;
  if (candidate.eventTotal === 0 || candidate.otherTotal === 0) {
    return {
      kind: 'none',
      reason: `All usable cases${id === null ? '' : ` of ${name}`} are of one class: no threshold can tell anything apart.`,
      todo: otherKinds(id),
    };
  }
  const configured = configuredCosts(release);
  const costs = asked ?? configured ?? ALIKE;
  const clustered = slice.cases.cluster !== null;
  const settings = { ...release.config.policy, clustered };
  return {
    ...{ kind: 'sweep', name, positive, costs },
    costsFrom: asked !== null ? 'asked' : configured !== null ? 'configured' : 'none',
    n: candidate.eventTotal + candidate.otherTotal,
    positives: candidate.eventTotal,
    others: candidate.otherTotal,
    clustered,
    ruleThreshold: ruleThreshold(costs),
    baseline: baseline && runThresholds(baseline, costs, settings),
    candidate: runThresholds(candidate, costs, settings),
    ...(await session.once(`classes: cost ratios of ${id ?? 'all'}`, async () =>
      costRatios(baseline, candidate),
    )),
    answers: await answerCosts(session, id, positive, costs),
  };
}

/** What the answers cost that the runs gave, whatever thresholds were behind them. */
async function answerCosts(session: StudioSession, id: string | null, positive: string, costs: MistakeCosts) {
  const { cells, counts, options } = await countedSlice(session, id).catch((error: unknown) => {
    if (error instanceof UsageError) return { cells: null, counts: null, options: null };
    throw error;
  });
  if (cells === null || !counts.labels.includes(positive)) return null;
  const model = { kind: 'errors', ...costs, noAnswer: null, slices: [] } as const;
  const found = costComparison(cells, counts.labels, model, positive, options);
  return found && { costPer1000: found.costPer1000, flipRatio: found.flipRatio };
}

/**
 * Both runs at thresholds of their own, case by case.
 *
 * @throws UsageError where there are no two classes with probabilities
 */
export async function thresholdChoice(
  session: StudioSession,
  { slice: id, costs, ...thresholds }: ThresholdChoiceParams,
): Promise<ThresholdComparison> {
  const slice = await scoredSlice(session, id);
  const { cases, task } = slice;
  if (task !== 'binary') throw new UsageError({ message: 'a threshold is about one class of two' });
  const { level, seed, resamples } = session.release.config.policy;
  const { baseline: before, candidate: after, counts } = calledCases(cases, thresholds, costs);
  return {
    costPer1000: comparedMeans(before?.cost ?? null, after.cost, cases.cluster, level, counts),
    accuracy: comparedMeans(before?.right ?? null, after.right, cases.cluster, level, counts),
    flipRatio: before && flipRatio(before.errors, after.errors, { ...costs, noAnswer: null }),
    shares: clusteredShares(slice, thresholds, { level, seed, resamples: resamplesOf(resamples, id) }),
  };
}
