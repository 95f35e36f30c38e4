/** Questions about classification: classes, confusions, calibration, thresholds, curves, baselines. */

import type { ClassBreach } from '../../checks/index.ts';
import type { Calibration, Compared, ConfusionPair, SliceClasses } from '../../classes/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';
import type {
  CurveParams,
  Curves,
  MistakeCosts,
  SliceChoice,
  ThresholdChoiceParams,
  ThresholdComparison,
  ThresholdParams,
  ThresholdSweep,
} from './thresholds.ts';

/** A slice that the classes page can look at. */
export interface ClassSlice {
  /** `column=value` with `/`, `=` and `%` of the column escaped: the id of the slice without its metric. */
  readonly id: string;
  readonly dimension: string;
  /** Exact cell text. */
  readonly value: string;
  /** Usable cases of the metric that gates. */
  readonly cases: number;
  readonly gated: boolean;
}

/** Whether something can be shown; if not, why, and what to do about it. */
export type Possible =
  | { readonly possible: true }
  | { readonly possible: false; readonly reason: string; readonly todo: string };

/** What the page can show at all. */
export interface ClassOverview {
  readonly classes: Possible;
  readonly probabilities: Possible;
  /** Names of runs, baseline null for a single run. */
  readonly runs: { readonly baseline: string | null; readonly candidate: string };
  /** Columns that hold what is compared; null where unknown. */
  readonly columns: {
    readonly expected: string | null;
    readonly predicted: { readonly baseline: string | null; readonly candidate: string | null };
    readonly probabilities: string | null;
  };
  /** Distinct labels, true or answered; 0 where there are no classes. */
  readonly labels: number;
  /** Labels are sets: there is no confusion matrix. */
  readonly multiLabel: boolean;
  readonly severalTrials: number;
  /** Gated slices first, largest first. */
  readonly slices: readonly ClassSlice[];
  readonly level: number;
  /** Below this a class or slice is small. */
  readonly minCases: number;
  /** Lowest acceptable recall of a class. */
  readonly floor: { readonly value: number; readonly configured: boolean };
  readonly positive: string | null;
  /** As configured; null where nothing was said. */
  readonly costs: MistakeCosts | null;
}

/** Cases of the training data by class. */
export interface ClassTrainingRows {
  readonly column: string;
  readonly rows: number;
  readonly byLabel: readonly { readonly label: string; readonly rows: number }[];
}

/** The classification report of one slice. */
export interface ClassReport {
  readonly name: string;
  readonly figures: SliceClasses;
  /** What must be read before a headline number. */
  readonly banners: readonly string[];
  /** The classes that the check `class-recall` finds below the floor, for all cases, with its decision about each. */
  readonly floors: readonly { readonly label: string; readonly breach: ClassBreach }[];
  /** Rows of each class in the training data, for all cases; null where none are named. */
  readonly training: ClassTrainingRows | null;
}

/** By which measure the rows of a matrix are chosen. */
export type MatrixOrder = 'support' | 'confusion' | 'change';

export interface ConfusionParams extends SliceChoice {
  /** Classes with a row of their own, 2 to 100; the rest is one row. */
  readonly classes: number;
  readonly by: MatrixOrder;
}

/** A row or column: a class, several classes together, or no class at all. */
export type MatrixPlace =
  | { readonly kind: 'class'; readonly label: string }
  | { readonly kind: 'others'; readonly classes: number }
  | { readonly kind: 'no answer' }
  | { readonly kind: 'error' };

/** The confusion matrix of one slice: rows are true classes, columns answers. All rows sum to their support. */
export interface ConfusionMatrix {
  readonly name: string;
  readonly rows: readonly MatrixPlace[];
  readonly columns: readonly MatrixPlace[];
  /** Cases per row and column; null without a baseline. */
  readonly baseline: readonly (readonly number[])[] | null;
  readonly candidate: readonly (readonly number[])[];
  /** Right answers among the cell of the classes without rows of their own: that cell is both right and wrong. */
  readonly othersRight: { readonly baseline: number | null; readonly candidate: number };
  readonly n: { readonly baseline: number | null; readonly candidate: number };
  /** Kinds of mistakes: alarms first, then the most frequent, at most 300; the rest is counted. */
  readonly pairs: readonly ConfusionPair[];
  readonly unlisted: number;
  /** Cells over which the p-values are adjusted. */
  readonly tested: number;
}

/** What a run answered. */
export type CellAnswer =
  | { readonly kind: 'class'; readonly label: string }
  | { readonly kind: 'no answer' }
  | { readonly kind: 'error' };

/** One cell of a matrix: a true class and an answer of one run. */
export interface ConfusionCell extends SliceChoice {
  readonly run: 'baseline' | 'candidate';
  readonly expected: string;
  readonly answer: CellAnswer;
}

/** A case with the answers of both runs; null where there is no other run. */
export interface ConfusionCase {
  readonly id: string;
  /** The beginning of the input. */
  readonly text: { readonly text: string; readonly isCut: boolean } | null;
  readonly baseline: CellAnswer | null;
  readonly candidate: CellAnswer | null;
}

export interface ConfusionCases {
  readonly total: number;
  /** By id, at most 200. */
  readonly cases: readonly ConfusionCase[];
  /** The cell as a predicate on the rows of its run; null where no column of the run tells. */
  readonly predicate: string | null;
}

/** Rows whose probabilities cannot be used. */
export interface UnusableProbabilities {
  readonly run: 'baseline' | 'candidate';
  readonly fault: string;
  readonly rows: number;
  readonly places: readonly string[];
}

/** How far the probabilities of both runs are to be believed, in one slice. */
export interface Reliability {
  readonly name: string;
  /** `binary`: the probability of the positive class. `answer`: that the answer is right. */
  readonly task: 'binary' | 'answer';
  readonly positive: string | null;
  readonly n: number;
  /** Cases without a true label or usable probabilities. */
  readonly without: number;
  readonly accuracy: Compared;
  readonly brier: Compared;
  readonly logLoss: Compared;
  readonly clipped: { readonly baseline: number | null; readonly candidate: number };
  readonly calibration: { readonly baseline: Calibration | null; readonly candidate: Calibration };
  readonly unusable: readonly UnusableProbabilities[];
  /** Below this no bins are drawn. */
  readonly leastCases: number;
}

/** One answer to compare with: trivial, fitted or given. */
export interface BaselineRow {
  readonly name: string;
  readonly kind: 'trivial' | 'model' | 'previous' | 'human' | 'other';
  readonly score: number | null;
  /** Limits of the score; null where a trivial answer's score is exact on these very cases. */
  readonly interval: Estimate | null;
  /** Candidate minus this baseline, paired; null where only the best trivial answer is compared. */
  readonly lift: Estimate | null;
  readonly how: string;
  /** Why the candidate is too close to it; null where it is clearly better. */
  readonly problem: string | null;
}

/** The candidate beside answers that look at nothing, at little, or at the same cases by other means. */
export type ClassBaselines =
  | { readonly kind: 'none'; readonly reason: string; readonly todo: string }
  | {
      readonly kind: 'compared';
      readonly metric: string;
      readonly n: number;
      readonly candidate: Estimate;
      readonly rows: readonly BaselineRow[];
      readonly slices: readonly {
        readonly name: string;
        readonly n: number;
        readonly candidate: Estimate;
        readonly best: BaselineRow;
      }[];
      readonly oneClass: number;
      readonly small: number;
      readonly unlabelled: number;
      /** Kinds of baselines that nothing was compared with. */
      readonly missing: readonly string[];
    };

export interface ClassEndpoints {
  readonly classes: Endpoint<NoParams, ClassOverview>;
  readonly 'class-report': Endpoint<SliceChoice, ClassReport>;
  readonly confusion: Endpoint<ConfusionParams, ConfusionMatrix>;
  readonly 'confusion-cases': Endpoint<ConfusionCell, ConfusionCases>;
  readonly reliability: Endpoint<SliceChoice, Reliability>;
  readonly 'threshold-sweep': Endpoint<ThresholdParams, ThresholdSweep>;
  readonly 'threshold-choice': Endpoint<ThresholdChoiceParams, ThresholdComparison>;
  readonly curves: Endpoint<CurveParams, Curves>;
  readonly 'class-baselines': Endpoint<NoParams, ClassBaselines>;
}
