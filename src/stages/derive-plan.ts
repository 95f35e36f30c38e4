/** How the derived columns of one run are to be made. */

import type { DerivedModel, RowsSide } from '../derived/index.ts';
import type { InputVectors } from './derived-vectors.ts';
import type { LoadedRun } from './loaded-run.ts';

/** What the derived columns of one run are made from. */
export interface DerivePlan {
  readonly side: RowsSide;
  readonly run: LoadedRun;
  /** Dimensions to compute for this run. */
  readonly names: readonly string[];
  /** Columns that they read. */
  readonly reads: readonly string[];
  readonly vectors: InputVectors | null;
  /** Fits on first use: a cached run needs no model. */
  readonly model: () => Promise<DerivedModel | undefined>;
  /** Everything that the cells depend on but the files of this run; null where nothing can be kept. */
  readonly facts: unknown;
  readonly cacheFolder: string | null;
  readonly cwd: string;
}
