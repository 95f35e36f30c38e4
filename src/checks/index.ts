/** Checks turn evidence into findings; the registry is the list of what Slicewise asks. */

import type { Finding } from '../findings/index.ts';
import { type Check, type CheckContext, finding } from './check.ts';
import { configuredSlices } from './data/configured-slices.ts';
import { fewShotLeakage } from './data/few-shot-leakage.ts';
import { nestedSlices } from './data/nested-slices.ts';
import { smallSlices } from './data/small-slices.ts';
import { splitOverlap } from './data/split-overlap.ts';
import { baselineAge } from './evaluation/baseline-age.ts';
import { clusterDefinitions } from './evaluation/cluster-definitions.ts';
import { comparableRuns } from './evaluation/comparable-runs.ts';
import { costRanking } from './evaluation/cost-ranking.ts';
import { equalDimensions } from './evaluation/equal-dimensions.ts';
import { errors } from './evaluation/errors.ts';
import { flakyTrials } from './evaluation/flaky-trials.ts';
import { pairing } from './evaluation/pairing.ts';
import { properScores } from './evaluation/proper-scores.ts';
import { rerunChurn } from './evaluation/rerun-churn.ts';
import { shiftSplits } from './evaluation/shift-splits.ts';
import { trivialBaselines } from './evaluation/trivial-baselines.ts';
import { wrongDimension } from './evaluation/wrong-dimension.ts';
import { gateSelfCheck } from './instruments/gate-self-check.ts';
import { classRecall } from './model/class-recall.ts';
import { confusionPairs } from './model/confusion-pairs.ts';
import { winOrNoise } from './model/win-or-noise.ts';

export type { Check, CheckContext, EqualGap, RankedScope, RerunChurn, SelfCheck } from './check.ts';
export { absentSlices } from './data/configured-slices.ts';
export { sameCounts } from './data/nested-slices.ts';
export { deltaShift, INVALID_SHARE, overlapVerdict, scoreSentence, scoreShift } from './data/overlap-rule.ts';
export { type Diagnosis, NO_DIAGNOSIS } from './diagnosis.ts';
export {
  type BaselineDiagnosis,
  missingBaselines,
  type OtherBaseline,
  type SliceLift,
} from './diagnosis-baselines.ts';
export type { ClassDiagnosis } from './diagnosis-classes.ts';
export type {
  Closeness,
  DraftLabels,
  OverlapDiagnosis,
  OverlapPair,
  OverlapScore,
  OverlapStore,
  RowPlace,
  ShortCopy,
  StoreOverlap,
} from './diagnosis-overlap.ts';
export type { BadProbabilities, ProbabilityDiagnosis, ThresholdChoice } from './diagnosis-probabilities.ts';
export { incomparableDimensions } from './evaluation/cluster-definitions.ts';
export { type RankConflict, rankConflict } from './evaluation/proper-scores.ts';
export { type ClassBreach, classBreach } from './model/class-recall.ts';
export { conclude } from './model/win-or-noise.ts';

/** Every check, in the order data, evaluation, model, instrument in which people look for a cause. */
export const CHECKS = {
  'configured-slices': configuredSlices,
  'small-slices': smallSlices,
  'nested-slices': nestedSlices,
  'split-overlap': splitOverlap,
  'few-shot-leakage': fewShotLeakage,
  pairing,
  errors,
  'comparable-runs': comparableRuns,
  'cluster-definitions': clusterDefinitions,
  'baseline-age': baselineAge,
  'flaky-trials': flakyTrials,
  'rerun-churn': rerunChurn,
  'shift-splits': shiftSplits,
  'trivial-baselines': trivialBaselines,
  'proper-scores': properScores,
  'wrong-dimension': wrongDimension,
  'equal-dimensions': equalDimensions,
  'cost-ranking': costRanking,
  'class-recall': classRecall,
  'confusion-pairs': confusionPairs,
  'win-or-noise': winOrNoise,
  'gate-self-check': gateSelfCheck,
} as const satisfies Record<string, Check>;

/** Findings of all checks, and how many of them had their inputs. */
export interface CheckResults {
  readonly findings: readonly Finding[];
  readonly ran: number;
  readonly total: number;
}

/** Runs every check whose inputs exist; the others answer `not checkable` and name what to add. */
export function runChecks(context: CheckContext): CheckResults {
  const findings: Finding[] = [];
  let ran = 0;
  for (const [id, check] of Object.entries<Check>(CHECKS)) {
    const missing = check.missing(context);
    if (missing === null) {
      ran++;
      findings.push(...check.run(context));
    } else {
      findings.push(
        finding({
          check: id,
          kind: check.kind,
          status: 'not checkable',
          reason: `not checkable without ${missing}`,
          remedy: `add ${missing}`,
          source: check.practice,
        }),
      );
    }
  }
  return { findings, ran, total: Object.keys(CHECKS).length };
}
