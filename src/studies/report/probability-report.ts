/** The probabilities of a report: what was diagnosed, with named slices and the threshold that the costs ask for. */

import type { BadProbabilities, ProbabilityDiagnosis } from '../../checks/index.ts';
import type { SliceProbabilities } from '../../classes/index.ts';
import type { NamedKey } from './named.ts';

/** The probabilities of one slice, named. */
export interface NamedProbabilities extends NamedKey {
  readonly figures: SliceProbabilities;
}

/** Every case with at least this score is called positive. */
export interface SweepPoint {
  readonly threshold: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Share of the others that are called positive. */
  readonly falseAlarmRate: number | null;
  /** Cost per 1,000 cases; null where nothing was said about costs. */
  readonly cost: number | null;
}

/** What other thresholds would have done on these cases. */
export interface ThresholdSweep {
  readonly points: readonly SweepPoint[];
  /** The cheapest, or the one with the highest F1; chosen on the cases that it is shown on, so it flatters itself. */
  readonly best: SweepPoint | null;
  readonly by: 'cost' | 'f1';
}

/** The probabilities of a report. */
export interface ReportedProbabilities {
  readonly task: ProbabilityDiagnosis['task'];
  readonly positive: string | null;
  /** All cases first, then the slices. */
  readonly slices: readonly NamedProbabilities[];
  readonly bad: {
    readonly baseline: readonly BadProbabilities[];
    readonly candidate: readonly BadProbabilities[];
  };
  /** The cheapest threshold of each run with its limits; null for several classes. */
  readonly thresholds: ProbabilityDiagnosis['thresholds'];
  /** Of the new run, for two classes. */
  readonly sweep: ThresholdSweep | null;
}
