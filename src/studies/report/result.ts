/** What `slicewise report` answers, as plain data: the JSON document that docs/guide/classification.md describes. */

import type { Estimate } from '../../stats/index.ts';
import type { Banner } from './banners.ts';
import type { ReportedBaselines } from './baseline-report.ts';
import type { ReportedClasses } from './class-report.ts';
import type { ClassTraining } from './class-training.ts';
import type { NamedKey } from './named.ts';
import type { PartsReport } from './parts-report.ts';
import type { ReportedProbabilities } from './probability-report.ts';
import type { ClassMetric } from './request.ts';

/** One metric of one slice, from the evidence that the gate looks at. */
export interface SliceRate extends NamedKey {
  readonly metric: string;
  readonly direction: 'higher' | 'lower';
  /** Compared cases with two runs, usable ones with one. `n` and what is left out add up to `cases`. */
  readonly n: number;
  readonly cases: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly edited: number;
  readonly unscored: number;
  /** Compared cases with an error in either run; they are among `n`. */
  readonly withErrors: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  readonly lost: number;
  readonly gained: number;
  /** Two-sided p of "no change"; null where untested. */
  readonly pValue: number | null;
}

/** How the cases of one dimension fall into slices: the parts add up to all cases, unless cases may lie in several slices. */
export interface DimensionFooter {
  readonly dimension: string;
  readonly slices: number;
  readonly cases: number;
  /** Slices below the least number of cases. */
  readonly smallSlices: number;
  readonly smallCases: number;
  /** Cases without a value, with an empty list of tags, and with several values. */
  readonly missing: number;
  readonly untagged: number;
  readonly changed: number;
  readonly total: number;
  /** A case may lie in several slices, so that they add up to more than there are. */
  readonly overlapping: boolean;
}

/** Where the cases went: the parts of `cases`. */
export interface CaseFlow {
  readonly cases: number;
  readonly compared: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly edited: number;
}

/** The answer. A part is null where its inputs are absent; `notes` say what to add. */
export interface ReportResult {
  readonly study: 'report';
  readonly schemaVersion: '1.0';
  readonly runs: 'one run' | 'two runs';
  readonly flow: CaseFlow;
  readonly level: number;
  /** Below this a slice or class is small. */
  readonly minCases: number;
  readonly settings: { readonly top: number; readonly seed: number; readonly resamples: number };
  readonly classMetrics: readonly ClassMetric[];
  /** Classes with rows of their own; empty is all. */
  readonly classesShown: readonly string[];
  /** All cases first, then slices, by metric; empty where no row passed or failed and no metric was asked for. */
  readonly rates: readonly SliceRate[];
  readonly dimensions: readonly DimensionFooter[];
  readonly classes: ReportedClasses | null;
  /** Null without labels. */
  readonly baselines: ReportedBaselines | null;
  readonly probabilities: ReportedProbabilities | null;
  readonly training: ClassTraining | null;
  readonly parts: PartsReport | null;
  readonly ranking: PartsReport | null;
  readonly banners: readonly Banner[];
  readonly notes: readonly string[];
}
