/** Answers about thresholds on the probability of one class, and the curves over all of them. */

import type { Compared } from '../../classes/index.ts';
import type { Estimate } from '../../stats/index.ts';

/** Parameters of everything that is about one slice: its id, or null for all cases. */
export interface SliceChoice {
  readonly slice: string | null;
}

/** What mistakes about one class cost. */
export interface MistakeCosts {
  readonly miss: number;
  readonly falseAlarm: number;
}

/** What a threshold does: every case with at least this probability is called positive. */
export interface ThresholdPoint {
  /** Null calls nothing positive. */
  readonly threshold: number | null;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** Wilson limits; null where the share is undefined, or cases come in clusters: `threshold-choice` has those then. */
  readonly precision: readonly [number, number] | null;
  readonly recall: readonly [number, number] | null;
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
  /** From nothing down, at most 201: evenly spaced cases, every hundredth, and the cheapest. */
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
      /** Whether cases come in clusters, which counts alone know nothing of. */
      readonly clustered: boolean;
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

/** Precision and recall of one run at its threshold; precision is undefined where nothing is called positive. */
export interface ClusteredShares {
  readonly precision: Estimate;
  readonly recall: Estimate;
}

/** Both runs at chosen thresholds, compared case by case. */
export interface ThresholdComparison {
  readonly costPer1000: Compared;
  readonly accuracy: Compared;
  /** Cost of a miss in false alarms at which the cheaper run changes; null where one run is cheaper at every ratio. */
  readonly flipRatio: number | null;
  /** With intervals over whole clusters, as in the report of classes; null where cases stand alone, whose limits `threshold-sweep` has. */
  readonly shares: { readonly baseline: ClusteredShares | null; readonly candidate: ClusteredShares } | null;
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
