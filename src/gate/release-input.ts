/** Everything that a release is decided from. */

import type { CheckResults, RerunChurn } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import type { FlippedCase } from '../counts/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Pairing, SliceEvidence } from '../evidence/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Settled } from './confirm.ts';
import type { Judgement } from './judge.ts';
import type { CaseHistory, OverallReport, Report, RunReport, TrainingMix } from './report.ts';
import type { SliceRow } from './slice-report.ts';
import type { WaiverEntry } from './waivers.ts';

/** Everything that was established about a release. */
export interface ReleaseInput {
  readonly version: string;
  readonly config: Config;
  readonly scope: Scope;
  readonly profile: ComparisonProfile;
  readonly pairing: Pairing;
  readonly pairedBy: 'case id' | 'input' | 'row';
  readonly slices: readonly SliceEvidence[];
  readonly overall: readonly SliceEvidence[];
  readonly weighted: ReadonlyMap<string, OverallReport['weighted']>;
  readonly judgement: Judgement;
  readonly powerOf: (evidence: SliceEvidence, alpha: number) => SliceRow['power'];
  readonly checks: CheckResults;
  /** Lost and gained cases by metric. */
  readonly flips: ReadonlyMap<string, readonly FlippedCase[]>;
  /** What the ledger knows of single cases; empty without one. */
  readonly histories: ReadonlyMap<string, CaseHistory>;
  readonly memberP: ReadonlyMap<SliceEvidence, { readonly family: string; readonly adjusted: number | null }>;
  /** Groups of slices of different dimensions that hold exactly the same cases. */
  readonly sameCases: readonly (readonly SliceEvidence[])[];
  readonly rerun: RerunChurn | null;
  readonly runs: { readonly baseline: RunReport | null; readonly candidate: RunReport };
  /** Training mix by grouping and value, as `trainingKey` joins them; absent without training data. */
  readonly training?: ReadonlyMap<string, TrainingMix>;
  readonly runHash: string;
  readonly waivers: readonly WaiverEntry[];
  /** ISO date of this run, for the expiry of waivers. */
  readonly today: string;
  readonly looks: number | null;
  readonly notes: readonly string[];
  /** Shell-quoted arguments that repeat the comparison. */
  readonly inputs: string;
  /** The same without the runs. */
  readonly rules: string;
  /** Set in a confirmation run: stage one's report, and what the fresh cases say about its nominees. */
  readonly stageOne?: { readonly report: Report; readonly nominees: readonly Settled[] };
}
