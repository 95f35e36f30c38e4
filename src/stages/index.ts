/** The stages of the pipeline, in order. */
export { countClasses } from './class-counts.ts';
export { type ConfirmRequest, confirm, openConfirmation } from './confirm.ts';
export { type Decided, type DecideInput, decide } from './decide.ts';
export { IS_VECTOR_FILE, VECTOR_NAMES } from './derived-vectors.ts';
export { canonicalJson, type DescribedRuns, describeRuns } from './describe.ts';
export { diagnose } from './diagnose.ts';
export { diagnoseBaselines } from './diagnosis/baseline-access.ts';
export { diagnosedGroupings } from './diagnosis/diagnosed-groupings.ts';
export { hasProbabilities } from './diagnosis/has-probabilities.ts';
export type { DiagnoseInput } from './diagnosis/input.ts';
export { probabilityDiagnosis, readScoredCases } from './diagnosis/probability-access.ts';
export type { ScoredRequest, ScoredTable } from './diagnosis/scored-cases.ts';
export { equalGaps } from './equal-gaps.ts';
export { collectFlips, unitMeasureOf } from './evidence-cases.ts';
export { withoutFoundHere } from './found-here.ts';
export { measurable } from './imported-runs.ts';
export {
  areDisjoint,
  errorsToReview,
  type FlipOptions,
  gatedSlices,
  type JudgeContext,
  judgeSlices,
  needsJointFlips,
} from './judge-slices.ts';
export {
  type Comparison,
  configuredRuns,
  type LoadedRun,
  type LoadOptions,
  load,
  type RunPair,
} from './load.ts';
export type { BothRuns } from './loaded-run.ts';
export { type Measured, type MeasureOptions, measure, pairingOf } from './measure.ts';
export type { OpenRelease } from './open-release.ts';
export { type HashKey, hashedLine, saltedHashes } from './overlap/hash-file.ts';
export type { CaseValues, OverlapCase, OverlapRow } from './overlap/items.ts';
export { openStore, type StoreFiles, type StoreRequest } from './overlap/open-store.ts';
export { draftsOf, isDraftColumn, knownText, labelText, readRunCases } from './overlap/read-cases.ts';
export { scoreWithout } from './overlap/score.ts';
export { OVERLAP_DEFAULTS, type OverlapSettings, overlapSettings } from './overlap/settings.ts';
export { draftLabels, storeOverlap } from './overlap/store-overlap.ts';
export { caseValues } from './overlap/values.ts';
export type { Ports } from './ports.ts';
export { rankScope } from './rank-scope.ts';
export { caseHistories, countLooks, record, recordRerun } from './record.ts';
export { churnNotes, type Rerun, rerunChurn } from './rerun.ts';
export { rowsOf } from './run-rows.ts';
export { readSelfCheck, writeSelfCheck } from './self-check.ts';
export { trainingPass } from './training-pass.ts';
export { withLedger } from './with-ledger.ts';
