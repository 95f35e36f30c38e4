/** What a diagnosis may look at. */

import type { Config } from '../../config/index.ts';
import type { ComparisonProfile } from '../../engines/index.ts';
import type { Scope } from '../../scope/index.ts';
import type { Comparison } from '../load.ts';
import type { Measured } from '../measure.ts';
import type { TrainingPass } from '../training-pass.ts';

/** What every part of the diagnosis is handed. */
export interface DiagnoseInput {
  readonly comparison: Comparison;
  readonly scope: Scope;
  readonly config: Config;
  readonly profile: ComparisonProfile;
  readonly measured: Measured;
  /** The training data, where another part of the gate looks at them too. */
  readonly train?: TrainingPass;
}
