/** What training a baseline says: how right it is on rows that it did not see, and what it goes by. */

import type { SeparatingFeature, WeighedFeature } from '../../models/index.ts';
import type { Estimate } from '../../stats/index.ts';

/** One way to answer, measured on the same rows. */
export interface MeasuredAnswer {
  readonly name: string;
  readonly kind: 'model' | 'trivial' | 'simple' | 'partial';
  /** Columns that it reads; empty for none. */
  readonly columns: readonly string[];
  readonly accuracy: Estimate;
  /** Mean of the recalls of the classes that the measured rows have. */
  readonly macroRecall: number;
  /** Accuracy of the full model minus this, paired; null for the model itself. */
  readonly lift: Estimate | null;
}

/** One class in the measured rows. */
export interface ClassReport {
  readonly label: string;
  readonly learnt: number;
  readonly cases: number;
  readonly right: number;
  /** Rows that were answered with it. */
  readonly answered: number;
  readonly recall: Estimate;
  readonly features: readonly WeighedFeature[];
}

/** The report of `slicewise baseline train`. */
export interface TrainReport {
  readonly version: 1;
  readonly files: readonly string[];
  readonly label: string;
  readonly columns: readonly { readonly kind: string; readonly name: string }[];
  readonly rows: number;
  /** Rows that the written model learnt from: a share of `rows`. */
  readonly learnt: number;
  readonly unlabelled: number;
  readonly empty: number;
  readonly features: number;
  /** `held out`: on rows of `test`; `out of fold`: on the training rows themselves, by models without them. */
  readonly measured: {
    readonly how: 'held out' | 'out of fold';
    readonly files: readonly string[];
    readonly folds: number;
    readonly rows: number;
    /** Rows whose label no training row has; they count as wrong. */
    readonly unknownLabels: number;
  };
  /** The model first, then what it is compared with, the best first. */
  readonly answers: readonly MeasuredAnswer[];
  readonly logLoss: number | null;
  readonly calibration: { readonly scale: number; readonly shift: number };
  readonly classes: readonly ClassReport[];
  readonly separating: readonly SeparatingFeature[];
  readonly out: string | null;
  readonly seed: number;
  readonly notes: readonly string[];
}
