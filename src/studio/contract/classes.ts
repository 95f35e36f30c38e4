/** Questions about classification: classes, confusions, calibration, thresholds, curves, baselines. */

import type { Calibration, Compared, ConfusionPair, SliceClasses } from '../../classes/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';

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

/** What mistakes about one class cost. */
export interface MistakeCosts {
  readonly miss: number;
  readonly falseAlarm: number;
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

/** Parameters of everything that is about one slice: its id, or null for all cases. */
export interface SliceChoice {
  readonly slice: string | null;
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
  /** Holm-adjusted p of each class being below the floor, for all cases; by label. */
  readonly floors: readonly { readonly label: string; readonly adjusted: number | null }[];
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
  /** Columns of a predicate on cases: `expected = X and predicted = Y`. */
  readonly columnNames: { readonly expected: string; readonly predicted: string };
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

/** What a threshold does: every case with at least this probability is called positive. */
export interface ThresholdPoint {
  /** Null calls nothing positive. */
  readonly threshold: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Wilson limits; null where the share is undefined. */
  readonly precision: readonly [number, number] | null;
  readonly recall: readonly [number, number];
}

/** A threshold with its limits when cases are drawn anew. */
export interface ChosenThreshold {
  /** Null calls nothing positive. */
  readonly threshold: number | null;
  readonly costPer1000: number;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The thresholds of one run. */
export interface RunThresholds {
  /** From nothing down to everything, at most 200. */
  readonly points: readonly ThresholdPoint[];
  /** The cheapest under the costs of the question; chosen on these very cases, so it flatters itself. */
  readonly best: ChosenThreshold;
}

/** The lowest cost that each run reaches at one ratio of costs, each at its own best threshold. */
export interface RatioPoint {
  /** Cost of a miss in false alarms. */
  readonly ratio: number;
  /** Per 1,000 cases, in units where a miss and a false alarm together cost 1. */
  readonly baseline: number | null;
  readonly candidate: number;
}

export interface ThresholdParams extends SliceChoice {
  /** What to find the best threshold for; null takes what is configured, else 1 and 1. */
  readonly costs: MistakeCosts | null;
}

/** What other thresholds would have done in one slice, with two classes. */
export type ThresholdSweep =
  | { readonly kind: 'none'; readonly reason: string; readonly todo: string }
  | {
      readonly kind: 'sweep';
      readonly name: string;
      readonly positive: string;
      readonly n: number;
      readonly positives: number;
      readonly others: number;
      readonly costs: MistakeCosts;
      readonly costsFrom: 'asked' | 'configured' | 'none';
      /** False alarm / (false alarm + miss): the cheapest threshold if probabilities are calibrated. */
      readonly ruleThreshold: number;
      readonly baseline: RunThresholds | null;
      readonly candidate: RunThresholds;
      readonly ratios: readonly RatioPoint[];
      /** Ratios at which the cheaper run changes, each run at its best threshold. */
      readonly swaps: readonly number[];
      /** Costs of the answers that the runs gave; null where costs are not about one class. */
      readonly answers: { readonly costPer1000: Compared; readonly flipRatio: number | null } | null;
    };

export interface ThresholdChoiceParams extends SliceChoice {
  /** One threshold per run; null calls nothing positive. */
  readonly baseline: number | null;
  readonly candidate: number | null;
  readonly costs: MistakeCosts;
}

/** Both runs at chosen thresholds, compared case by case. */
export interface ThresholdComparison {
  readonly costPer1000: Compared;
  readonly accuracy: Compared;
  /** Cost of a miss in false alarms at which the cheaper run changes; null where one run is cheaper at every ratio. */
  readonly flipRatio: number | null;
}

export interface CurveParams extends SliceChoice {
  /** Of several classes: this one against the rest; null takes the positive class, or whether the answer is right. */
  readonly label: string | null;
}

/** The curves of one run: a place per threshold, at most 500. */
export interface RunCurve {
  readonly points: readonly {
    readonly threshold: number | null;
    readonly falsePositiveRate: number;
    readonly recall: number;
    /** Null where nothing is called positive. */
    readonly precision: number | null;
  }[];
}

/** ROC and precision-recall curves of one slice. */
export type Curves =
  | { readonly kind: 'none'; readonly reason: string; readonly todo: string }
  | {
      readonly kind: 'curves';
      readonly name: string;
      /** What the probability is about, for people. */
      readonly event: string;
      readonly n: number;
      readonly events: number;
      /** With several classes: those that can be drawn against the rest. */
      readonly labels: readonly string[];
      readonly baseline: RunCurve | null;
      readonly candidate: RunCurve;
      readonly auc: Compared;
      readonly averagePrecision: Compared;
    };

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
  readonly reliability: Endpoint<SliceChoice, Reliability>;
  readonly 'threshold-sweep': Endpoint<ThresholdParams, ThresholdSweep>;
  readonly 'threshold-choice': Endpoint<ThresholdChoiceParams, ThresholdComparison>;
  readonly curves: Endpoint<CurveParams, Curves>;
  readonly 'class-baselines': Endpoint<NoParams, ClassBaselines>;
}
