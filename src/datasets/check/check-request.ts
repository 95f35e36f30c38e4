/** What `slicewise data check` is asked. */

import type { ColumnMapping } from '../../cases/index.ts';
import type { Ports } from '../../stages/index.ts';
import type { Reason } from './check-report.ts';

/** The whole question. */
export interface DataCheckRequest {
  readonly files: readonly string[];
  readonly mapping: ColumnMapping;
  /** Texts of fewer words are too short. */
  readonly minWords: number;
  /** Jaccard index over runs of three words from which on two texts are near-duplicates. */
  readonly threshold: number;
  /** Rows of a label below which it has too few. */
  readonly leastPerClass: number;
  /** Threads that hash texts where there are many, the calling one included; 1 starts none. */
  readonly threads: number;
  /** Reasons that are shown and do not reject. */
  readonly keep: readonly Reason[];
  /** Paths as the user named them. */
  readonly clean: string | null;
  readonly rejects: string | null;
  readonly ports: Ports;
  /** Hears every file that is read, before anything is written. */
  readonly onInputs: (files: readonly string[]) => Promise<void>;
}
