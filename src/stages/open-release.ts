/** A decided release whose engine is still open, for whoever wants to look further than its report. */

import type { Diagnosis } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Judgement, Report } from '../gate/index.ts';
import type { Scope } from '../scope/index.ts';
import type { DescribedRuns } from './describe.ts';
import type { Comparison } from './load.ts';
import type { Measured } from './measure.ts';
import type { Rerun } from './rerun.ts';

/** A gated release whose rows can still be asked; close it when done. */
export interface OpenRelease {
  readonly report: Report;
  readonly comparison: Comparison;
  /** As the gate used it, without slices that were found in these very results. */
  readonly config: Config;
  readonly scope: Scope;
  readonly profile: ComparisonProfile;
  readonly measured: Measured;
  readonly rerun: Rerun | null;
  readonly judgement: Judgement;
  readonly described: DescribedRuns;
  readonly diagnosis: Diagnosis;
  close(): Promise<void>;
}
