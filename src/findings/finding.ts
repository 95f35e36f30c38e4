/** Every trust question is answered in this one shape. */

import type { Estimate } from '../stats/index.ts';

export const VERDICTS = ['BLOCK', 'INVALID', 'UNTESTED', 'STALE', 'REVIEW', 'PASS', 'LOW-N', 'DEBT'] as const;

/** BLOCK ... PASS decide the release, worst first; LOW-N and DEBT do not. */
export type Verdict = (typeof VERDICTS)[number];

/** How strong the evidence about a slice is. */
export type Grade = 'confirmed' | 'suspected' | 'undecided' | 'non-inferior';

/** In which order a person looks for the cause: data, evaluation, model; `instrument` is the gate itself. */
export type FindingKind = 'data' | 'evaluation' | 'model' | 'instrument';

export interface Finding {
  /** Id of the check, such as `configured-slices`. */
  readonly check: string;
  readonly kind: FindingKind;
  /** Null for a notice that decides nothing, and for `not checkable`. */
  readonly verdict: Verdict | null;
  /** `checked`: the check ran. `not checkable`: an input is missing; `remedy` names what to add. */
  readonly status: 'checked' | 'not checkable';
  /** `grouping` and `value` of the slice, where the finding is about one. */
  readonly slice: string | null;
  readonly estimate: Estimate | null;
  /** Case ids, at most 100; `evidenceTotal` counts all. */
  readonly evidence: readonly string[];
  readonly evidenceTotal: number;
  readonly reason: string;
  readonly remedy: string | null;
  readonly method: string | null;
  /** Over what, and by how much, false alarms of the check are bounded. */
  readonly errorFamily: string | null;
  /** What the check cannot see. */
  readonly hides: string | null;
  /** Where the practice comes from. */
  readonly source: string | null;
}
