/** What the diagnosing stages found beside the evidence; a part is null where its inputs are absent, or nobody asked. */

import type { ShiftsEvidence } from '../evidence/index.ts';
import type { BaselineDiagnosis } from './diagnosis-baselines.ts';
import type { ClassDiagnosis } from './diagnosis-classes.ts';
import type { OverlapDiagnosis } from './diagnosis-overlap.ts';
import type { ProbabilityDiagnosis } from './diagnosis-probabilities.ts';

/** Filled by `stages/diagnose.ts`; each part belongs to one file of `stages/diagnosis/`. */
export interface Diagnosis {
  /** Per column of `shifts`. */
  readonly shifts: readonly ShiftsEvidence[] | null;
  readonly classes: ClassDiagnosis | null;
  /** Cases in training data and in the store of examples. */
  readonly overlap: OverlapDiagnosis | null;
  readonly probabilities: ProbabilityDiagnosis | null;
  readonly baselines: BaselineDiagnosis | null;
}

/** Nothing was diagnosed. */
export const NO_DIAGNOSIS: Diagnosis = {
  shifts: null,
  classes: null,
  overlap: null,
  probabilities: null,
  baselines: null,
};
