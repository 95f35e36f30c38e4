/** What the diagnosing stages found beside the evidence; a part is null where its inputs are absent, or nobody asked. */

import type { ConfusionPair, SliceClasses } from '../classes/index.ts';
import type { ShiftsEvidence } from '../evidence/index.ts';
import type { BaselineDiagnosis } from './diagnosis-baselines.ts';
import type { ProbabilityDiagnosis } from './diagnosis-probabilities.ts';

/** The classes of the gated comparison. */
export interface ClassDiagnosis {
  /** All cases first, then every gated slice. */
  readonly slices: readonly SliceClasses[];
  readonly pairs: readonly ConfusionPair[];
}

/** Filled by `stages/diagnose.ts`; each part belongs to one file of `stages/diagnosis/`. */
export interface Diagnosis {
  /** Per column of `shifts`. */
  readonly shifts: readonly ShiftsEvidence[] | null;
  readonly classes: ClassDiagnosis | null;
  readonly probabilities: ProbabilityDiagnosis | null;
  readonly baselines: BaselineDiagnosis | null;
}

/** Nothing was diagnosed. */
export const NO_DIAGNOSIS: Diagnosis = { shifts: null, classes: null, probabilities: null, baselines: null };
