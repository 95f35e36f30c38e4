/** Questions about data health: overlap, coverage, how many cases are needed, label suspects, and the way through the findings. */

import type { Estimate } from '../../stats/index.ts';
import type { Endpoint, Failure, NoParams } from './endpoint.ts';
import type {
  CutText,
  NearDuplicateSummary,
  OverlapOverview,
  OverlapPairPage,
  OverlapPairParams,
} from './overlap.ts';

/** Something that takes a while: it runs once per session, and is asked again until it is there. */
export type Job<Result> =
  | { readonly state: 'idle'; readonly impossible: string | null; readonly todo: string | null }
  | { readonly state: 'running'; readonly stage: string; readonly elapsedMs: number }
  | { readonly state: 'failed'; readonly problems: Failure['problems'] }
  | { readonly state: 'ready'; readonly result: Result };

/** `start` begins the work; without it the question only looks whether it is there. */
export interface JobParams {
  readonly start: boolean;
}

/** The families of findings, in the order in which people look for a cause. */
export type StepFamily = 'data' | 'evaluation' | 'model' | 'instrument';

/**
 * `found`: there is something to do. `note`: something to know that decides nothing. `clear`: the check ran and found nothing.
 * `cannot tell`: an input is missing, which is never clean.
 */
export type StepState = 'found' | 'note' | 'clear' | 'cannot tell';

/** One step of the doctor's walk. */
export interface DoctorStep {
  /** Stable for one comparison, such as `split-overlap-1`. */
  readonly id: string;
  readonly check: string;
  readonly title: string;
  readonly family: StepFamily;
  readonly state: StepState;
  /** Null for notices. */
  readonly verdict: string | null;
  readonly slice: string | null;
  readonly reason: string;
  /** What to do; for `cannot tell`, what to add. */
  readonly remedy: string | null;
  readonly hides: string | null;
  readonly method: string | null;
  readonly estimate: Estimate | null;
  /** Case ids, at most 20. */
  readonly cases: readonly string[];
  readonly casesTotal: number;
}

/** The walk: data, evaluation, model, instrument; within each what was found first. */
export interface DoctorWalk {
  readonly steps: readonly DoctorStep[];
  readonly counts: Readonly<Record<StepState, number>>;
}

/** One slice of the eval set beside what it needs. */
export interface CoverageSlice {
  readonly dimension: string;
  readonly value: string;
  readonly cases: number;
  readonly gated: boolean;
  /** Fewer cases than a gated slice needs. */
  readonly small: boolean;
}

/** How the cases of one dimension fall into slices; the parts add up to the total where slices do not overlap. */
export interface CoverageDimension {
  readonly dimension: string;
  readonly gated: boolean;
  readonly slices: readonly CoverageSlice[];
  readonly small: number;
  readonly smallCases: number;
  /** Cases without a value, or with several. */
  readonly withoutValue: number;
  readonly total: number;
  /** A case may be in several slices, so that they add up to more than there are. */
  readonly overlapping: boolean;
}

/** One kind of shift: how far scores drop on splits by source, time or rarity. */
export interface ShiftCoverage {
  readonly column: string;
  readonly shift: string;
  readonly inDomain: Estimate;
  readonly splits: readonly {
    readonly name: string;
    readonly rate: Estimate;
    readonly drop: Estimate;
    readonly belowFloor: boolean;
  }[];
  readonly small: readonly string[];
  readonly meanDrop: number | null;
  readonly next: Estimate;
}

export interface Coverage {
  readonly minCases: number;
  readonly dimensions: readonly CoverageDimension[];
  readonly shifts: readonly ShiftCoverage[];
  /** Questions that the inputs do not answer, and what to configure. */
  readonly missing: readonly { readonly what: string; readonly todo: string }[];
}

/** One slice of production beside the eval set. */
export interface ProductionRow {
  readonly value: string;
  readonly production: number;
  readonly cases: number;
  readonly productionShare: Estimate;
  readonly evalShare: Estimate;
  readonly state: 'absent' | 'under floor' | 'cannot reach' | 'not in production' | 'covered';
}

export interface LogAudit {
  readonly headline: string;
  readonly findings: readonly { readonly kind: 'alarm' | 'notice'; readonly text: string }[];
  readonly rows: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly dimensions: readonly {
    readonly dimension: string;
    readonly reason: string | null;
    /** Most production first, at most 500. */
    readonly rows: readonly ProductionRow[];
    readonly moreRows: number;
    readonly missing: number;
  }[];
  readonly uncovered: Estimate | null;
  readonly notes: readonly string[];
}

export interface SamplingParams {
  /** The drop to see, in the unit of the metric; null takes three margins. */
  readonly drop: number | null;
  /** Share of cases that flip when nothing changes; null takes what was observed. */
  readonly churn: number | null;
}

export interface SamplingRow {
  readonly id: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly critical: boolean;
  readonly n: number;
  readonly drop: number;
  /** Chance that the gate sees such a drop. */
  readonly power: number | null;
  readonly minimumDetectableDrop: number | null;
  /** Cases that see the drop with 80 % power; null where unknown. */
  readonly needed: number | null;
  /** Cases to add; 0 where there are enough. */
  readonly lacks: number | null;
  /** So few cases flipped that the slice could not have blocked. */
  readonly blind: boolean | null;
  /** Share of production; null where no logs were audited or the slice is not in them. */
  readonly production: number | null;
}

export interface SamplingPlan {
  readonly rows: readonly SamplingRow[];
  /** Slices below the least number of cases. */
  readonly small: readonly {
    readonly dimension: string;
    readonly value: string;
    readonly n: number;
    readonly lacks: number;
  }[];
  /** Sum of what the slices lack where it is known. */
  readonly toAdd: number;
  readonly assumedChurn: number | null;
  readonly minCases: number;
  readonly blockBudget: number;
  readonly notes: readonly string[];
}

/** A case whose label several independent answers contradict. A suspect, not an error. */
export interface LabelSuspect {
  readonly caseId: string;
  readonly text: CutText | null;
  readonly label: string;
  /** What all agree on. */
  readonly instead: string;
  /** Probability of the text model, out of fold, for the answer and for the label. */
  readonly modelAnswer: number;
  readonly modelLabel: number;
}

export interface LabelSuspects {
  readonly cases: number;
  /** Labelled cases with a text that were looked at; the rest is counted. */
  readonly compared: number;
  readonly leftOut: number;
  /** Cases in which every run contradicts the label with one answer, and of these those in which the text model agrees with them. */
  readonly runsAgree: number;
  readonly total: number;
  /** Surest first, at most 500. */
  readonly suspects: readonly LabelSuspect[];
  /** How often the text model is right by the labels, out of fold. */
  readonly modelAccuracy: Estimate;
  readonly runs: number;
  readonly folds: number;
}

export interface HealthEndpoints {
  readonly doctor: Endpoint<NoParams, DoctorWalk>;
  readonly overlap: Endpoint<NoParams, OverlapOverview>;
  readonly 'overlap-pairs': Endpoint<OverlapPairParams, OverlapPairPage>;
  readonly 'near-duplicates': Endpoint<JobParams, Job<NearDuplicateSummary>>;
  readonly coverage: Endpoint<NoParams, Coverage>;
  readonly 'log-audit': Endpoint<JobParams, Job<LogAudit>>;
  readonly 'sampling-plan': Endpoint<SamplingParams, SamplingPlan>;
  readonly 'label-suspects': Endpoint<JobParams, Job<LabelSuspects>>;
}
