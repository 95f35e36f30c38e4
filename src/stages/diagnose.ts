/** Between measuring and deciding: looks at classes, probabilities, trivial answers and training data, where there are any. */

import { type Diagnosis, NO_DIAGNOSIS } from '../checks/index.ts';
import type { Config } from '../config/index.ts';
import type { ComparisonProfile } from '../engines/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Comparison } from './load.ts';
import type { Measured } from './measure.ts';
import type { Ports } from './ports.ts';

/** What a diagnosis may look at. */
export interface DiagnoseInput {
  readonly comparison: Comparison;
  readonly scope: Scope;
  readonly config: Config;
  readonly profile: ComparisonProfile;
  readonly measured: Measured;
}

/** Each part loads its code only where its inputs exist, so that a plain gate stays as fast as it is. */
export async function diagnose(_input: DiagnoseInput, _ports: Ports): Promise<Diagnosis> {
  return NO_DIAGNOSIS;
}
