/** Diagnoses the probabilities of both runs, overall and per gated slice (practice B-9). */

import type { ProbabilityDiagnosis, ThresholdChoice } from '../../checks/index.ts';
import {
  type CompareSettings,
  compareProbabilities,
  type RunScores,
  scoredCasesAt,
  scoredPlaces,
  scoresAt,
} from '../../classes/index.ts';
import { allGrouping } from '../../scope/index.ts';
import {
  bestThreshold,
  costAt,
  type ErrorCosts,
  ruleThreshold,
  scoreGroups,
  thresholdLimits,
  thresholdPlaces,
} from '../../stats/index.ts';
import { pairingOf } from '../measure.ts';
import { diagnosedGroupings } from './diagnosed-groupings.ts';
import type { DiagnoseInput } from './input.ts';
import { readScoredCases, type ScoredTable } from './scored-cases.ts';

/** Places of a curve, enough to draw it. */
const CURVE_PLACES = 49;

/** Redrawn samples behind the limits of the cheapest threshold. */
const THRESHOLD_RESAMPLES = 500;

/**
 * The probabilities of a comparison: all cases first, then every gated slice.
 *
 * @returns null where there are none, or no true labels
 */
export async function diagnoseProbabilities({
  comparison,
  scope,
  config,
  profile,
}: Pick<DiagnoseInput, 'comparison' | 'scope' | 'config' | 'profile'>): Promise<ProbabilityDiagnosis | null> {
  const table = await readScoredCases(comparison, {
    groupings: diagnosedGroupings(scope),
    positive: config.classes?.positive ?? null,
    isPaired: pairingOf(profile) === 'paired',
  });
  if (table === null) return null;
  const { level, seed } = config.policy;
  const costs = config.classes?.costs;
  return probabilityDiagnosis(
    table,
    { level, seed },
    costs?.kind === 'errors' ? { miss: costs.miss, falseAlarm: costs.falseAlarm } : null,
  );
}

/**
 * The same from a table that was read, so that a report can choose its own slices.
 *
 * @param costs of a missed and a falsely raised positive; null counts both alike
 */
export function probabilityDiagnosis(
  table: ScoredTable,
  settings: CompareSettings,
  costs: ErrorCosts | null,
): ProbabilityDiagnosis {
  const { task, positive, bad, cases } = table;
  const slices = table.slices.map((key, at) => {
    const members = table.members[at]!;
    const figures = compareProbabilities(scoredCasesAt(cases, members), settings);
    return { key, ...figures, without: members.length - figures.n };
  });
  const isAll = ({ key }: (typeof slices)[number]): boolean => key.grouping === allGrouping().id;
  const choice = (run: RunScores | null): ThresholdChoice | null =>
    run === null || task !== 'binary'
      ? null
      : thresholdChoice(run, costs ?? { miss: 1, falseAlarm: 1 }, settings);
  return {
    ...{ task, positive, bad, level: settings.level },
    slices: [...slices.filter(isAll), ...slices.filter((one) => !isAll(one))],
    thresholds: { baseline: choice(cases.baseline), candidate: choice(cases.candidate) },
  };
}

function thresholdChoice(
  run: RunScores,
  costs: ErrorCosts,
  { level, seed }: CompareSettings,
): ThresholdChoice | null {
  const places = scoredPlaces({ baseline: null, candidate: run });
  if (places.length === 0) return null;
  const { probability, event } = scoresAt(run, places);
  const groups = scoreGroups(probability, event);
  const best = bestThreshold(groups, costs);
  const rule = ruleThreshold(costs);
  return {
    costs,
    n: places.length,
    best: { ...best, ...thresholdLimits(groups, costs, { level, seed, resamples: THRESHOLD_RESAMPLES }) },
    rule: { threshold: rule, cost: costAt(groups, rule, costs) },
    events: groups.eventTotal,
    others: groups.otherTotal,
    places: thresholdPlaces(groups, CURVE_PLACES),
  };
}
