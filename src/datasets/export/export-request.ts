/** What an export is asked for, what it gives, and what its writers work with. */

import type { OpenedRun } from '../../sources/index.ts';
import type { ExportRow } from './export-row.ts';
import type { FigureTally, RunFigures } from './figures.ts';
import type { Loss, LossLog } from './losses.ts';

/** Formats that a run can be written in. */
export const EXPORT_TARGETS = ['every-eval-ever', 'mlflow'] as const;

export type ExportTarget = (typeof EXPORT_TARGETS)[number];

/** What to write, and what nobody can read from the rows. */
export interface ExportRequest {
  readonly run: OpenedRun;
  readonly to: ExportTarget;
  /** Relative to `cwd`. */
  readonly out: string;
  readonly cwd: string;
  /** Name of the eval; null takes the run's or the file's. */
  readonly name: string | null;
  /** `developer/model`; null takes the one value of the model column, else `unknown`. */
  readonly model: string | null;
  readonly organization: string | null;
  /** Evaluator and model: `first_party`, `third_party`, `collaborative` or `other`. */
  readonly relationship: string;
  /** Lowest score that passes; for runs that grade without a verdict. */
  readonly passAt: number | null;
  readonly now: Date;
  /** Such as `slicewise 0.1.0`. */
  readonly exportedBy: string;
}

/** What was written, and what could not be carried over. */
export interface ExportSummary {
  /** As the user would name them. */
  readonly files: readonly string[];
  readonly figures: RunFigures;
  /** Rows in the target. */
  readonly written: number;
  readonly losses: readonly Loss[];
}

/** Rows of the run, as often as wanted. */
export type ReadRows = () => AsyncGenerator<ExportRow>;

/** What a writer works with. */
export interface WriteContext {
  /** Absolute. */
  readonly path: string;
  readonly tally: FigureTally;
  readonly losses: LossLog;
}
