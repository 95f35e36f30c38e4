/** Questions about recorded runs, trends, experiments. */

import type { Verdict } from '../../findings/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';

/** Nothing is remembered; `hint` says what to configure. */
export interface WithoutLedger {
  readonly state: 'no ledger';
  readonly hint: string;
}

/** Fingerprints that a run names for its instruments; empty where it names none. */
export type RunInstruments = Readonly<Record<'dataset' | 'judge' | 'prompt' | 'code', readonly string[]>>;

/** One slice, or the whole, of one recorded gate. */
export interface RunCell {
  readonly sliceId: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly direction: 'higher' | 'lower';
  /** Values are shares. */
  readonly isRate: boolean;
  readonly n: number;
  readonly after: Estimate | null;
  readonly delta: Estimate | null;
  readonly verdict: Verdict | null;
}

/** One recorded gate. */
export interface RunRow {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Days since, unrounded. */
  readonly ageDays: number;
  readonly baseline: string | null;
  readonly candidate: string | null;
  /** The files of both, as they were first recorded; null where the ledger does not hold the run. */
  readonly baselineFiles: readonly string[] | null;
  readonly candidateFiles: readonly string[] | null;
  readonly verdict: Verdict;
  readonly ship: string;
  /** A system was compared with itself. */
  readonly unchanged: boolean;
  readonly runHash: string;
  readonly gitCommit: string | null;
  readonly codeVersion: string;
  readonly policy: string | null;
  readonly baselineFingerprint: string | null;
  readonly candidateFingerprint: string;
  /** Of the candidate; null where its run was not recorded. */
  readonly instruments: RunInstruments | null;
  readonly cases: number | null;
  /** All cases under the metric that decides first. */
  readonly overall: RunCell | null;
  /** The gated slice that the gate put first. */
  readonly worst: RunCell | null;
  readonly gated: number;
  /** The comparison that is open has this very run hash. */
  readonly isOpen: boolean;
  /** Decisions of people about it. */
  readonly decisions: number;
}

/** A decision that drift is counted from here on. */
export interface AnchorMark {
  readonly at: string;
  readonly name: string;
  readonly reason: string;
  readonly who: string;
}

export type RunsAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      /** Newest first. */
      readonly runs: readonly RunRow[];
      /** Gates in the ledger, beyond those listed too. */
      readonly total: number;
      readonly anchors: readonly AnchorMark[];
    };

export interface TrendParams {
  /** Ids of slices, at most 12; empty takes the whole and the worst. */
  readonly slices: readonly string[];
  /** Newest gates, 2 to 200. */
  readonly limit: number;
}

/** One gate as it saw one slice. */
export interface TrendPoint {
  readonly gateId: string;
  readonly at: string;
  /** Place among the gates shown, from 0. */
  readonly place: number;
  readonly name: string | null;
  readonly unchanged: boolean;
  readonly n: number;
  readonly value: Estimate | null;
  /** Of the slice in that gate, and of the whole gate. */
  readonly verdict: Verdict | null;
  readonly releaseVerdict: Verdict;
  /** Instruments that changed right before: what stands before is not comparable. */
  readonly breaks: readonly string[];
}

/** One slice over the recorded gates, oldest first. */
export interface TrendLine {
  readonly sliceId: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly role: string;
  readonly direction: 'higher' | 'lower';
  readonly isRate: boolean;
  readonly points: readonly TrendPoint[];
  /** Since the last anchor, the first release or the last break. */
  readonly drift: {
    readonly change: Estimate;
    readonly basis: 'paired' | 'recorded' | 'unpaired';
    readonly from: 'first release' | 'anchor' | 'break';
    readonly at: string;
    readonly reason: string | null;
    readonly who: string | null;
    readonly slide: boolean;
  } | null;
}

/** A slice that a trend can be asked for. */
export interface TrendChoice {
  readonly sliceId: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly role: string;
  readonly points: number;
  readonly slide: boolean;
}

export type TrendAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly lines: readonly TrendLine[];
      /** Slides first; at most 2,000 of `choicesTotal`. */
      readonly choices: readonly TrendChoice[];
      readonly choicesTotal: number;
      /** Gates in the ledger, and those shown. */
      readonly gates: number;
      readonly shown: number;
      readonly slidesByChance: number;
      readonly anchors: readonly (AnchorMark & { readonly place: number })[];
    };

export interface CompareRunsParams {
  /** Ids of 2 to 6 gates; the first is what the others are compared with. */
  readonly gates: readonly string[];
}

/** Whether runs agree in what their scores rest on. */
export interface Comparability {
  readonly what: 'data set' | 'judge' | 'prompt' | 'code' | 'policy' | 'program' | 'results';
  /** Per run: what it names; empty where it names nothing. */
  readonly values: readonly (readonly string[])[];
  readonly state: 'same' | 'differs' | 'not told';
  /** A difference here makes rates incomparable; others are what releases are about. */
  readonly isInstrument: boolean;
}

/** One slice in every run that is compared. */
export interface ComparedSlice {
  readonly sliceId: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly role: string;
  readonly direction: 'higher' | 'lower';
  readonly isRate: boolean;
  /** Per run; null where it has no such slice. */
  readonly cells: readonly (Pick<RunCell, 'n' | 'after' | 'verdict'> | null)[];
  /**
   * Per run against the first: `recorded` where a gate compared these very results case by case, else `unpaired`, which is
   * wider. Null for the first, where a side is missing, and where instruments differ.
   */
  readonly changes: readonly ({
    readonly change: Estimate;
    readonly basis: 'recorded' | 'unpaired';
  } | null)[];
}

export type CompareRunsAnswer =
  | WithoutLedger
  | {
      readonly state: 'recorded';
      readonly runs: readonly RunRow[];
      readonly comparability: readonly Comparability[];
      /** Per run: why it cannot be compared with the first; null where it can. */
      readonly blocked: readonly (string | null)[];
      /** In the order of the first run's report, what it lacks last. */
      readonly slices: readonly ComparedSlice[];
    };

export interface ExperimentsParams {
  /** A source that the configuration names; empty for the first. */
  readonly source: string;
  /** The metric that orders the runs; empty takes the best guess. */
  readonly metric: string;
  /** Curves to draw; empty takes those of the metric, else the first loss. */
  readonly curve: string;
}

/** JSON has no NaN and no infinities. */
export type ExperimentNumber = number | 'NaN' | 'Infinity' | '-Infinity';

/** One training or tuning run. */
export interface ExperimentRow {
  readonly id: string;
  readonly name: string;
  readonly experiment: string | null;
  readonly status: string;
  readonly started: string | null;
  readonly seconds: number | null;
  /** Runs of different groups are not comparable. */
  readonly group: string;
  readonly score: ExperimentNumber | null;
  /** With an interval only where the score is a rate over known cases. */
  readonly rate: Estimate | null;
  readonly flags: readonly string[];
  readonly params: Readonly<Record<string, string>>;
}

/** One hyperparameter as an axis. */
export interface ExperimentAxis {
  readonly name: string;
  /** Numbers are placed by value (`log` where they span more than two tens), other texts by their place in `values`. */
  readonly kind: 'number' | 'log' | 'text';
  readonly values: readonly string[];
  readonly min: number;
  readonly max: number;
  /** Runs without a value. */
  readonly missing: number;
}

/** One run's curve, thinned to what a chart can show; the ends, lows and highs of every stretch are kept. */
export interface ExperimentCurve {
  readonly run: string;
  readonly name: string;
  readonly flags: readonly string[];
  readonly logged: number;
  readonly steps: readonly number[];
  /** Null for NaN and infinities: the line breaks there. */
  readonly values: readonly (number | null)[];
}

export type ExperimentsAnswer =
  | { readonly state: 'none'; readonly hint: string }
  | {
      readonly state: 'read';
      readonly sources: readonly string[];
      readonly source: string;
      readonly metric: string;
      readonly direction: 'higher' | 'lower';
      /** Nobody says which way the metric points. */
      readonly directionAssumed: boolean;
      readonly metrics: readonly string[];
      readonly runs: readonly ExperimentRow[];
      readonly runsTotal: number;
      readonly groups: readonly { readonly name: string; readonly runs: number; readonly agree: string }[];
      readonly axes: readonly ExperimentAxis[];
      /** Parameters that are the same in all runs, or have no value in most. */
      readonly axesLeftOut: number;
      readonly curve: string | null;
      readonly curveNames: readonly string[];
      readonly curves: readonly ExperimentCurve[];
      readonly curvesTotal: number;
      readonly findings: readonly {
        readonly what: string;
        readonly verdict: Verdict | null;
        readonly reason: string;
        readonly remedy: string | null;
      }[];
      readonly notes: readonly string[];
      /** What could not be read. */
      readonly damage: readonly { readonly place: string; readonly reason: string }[];
    };

export interface RunEndpoints {
  readonly runs: Endpoint<NoParams, RunsAnswer>;
  readonly trend: Endpoint<TrendParams, TrendAnswer>;
  readonly 'compare-runs': Endpoint<CompareRunsParams, CompareRunsAnswer>;
  readonly experiments: Endpoint<ExperimentsParams, ExperimentsAnswer>;
}
