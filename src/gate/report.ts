/** The report document: the one versioned contract from which every output format is made. */

import type { Finding, Grade, Verdict } from '../findings/index.ts';
import type { Estimate } from '../stats/index.ts';

export const REPORT_SCHEMA_VERSION = '1.0';

/** 0 pass, 1 block, 2 usage, input or infrastructure error, 3 review, 4 nothing established. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** A line that answers one of the two questions of every report. */
export interface Answer {
  /** The whole line without its label, for example `BLOCK: refund_flow lost 7 of 47 (-14.9 points, adjusted p .031)`. */
  readonly text: string;
}

/** One thing to do next: a command that can be pasted, and what it settles. */
export interface NextStep {
  readonly command: string;
  readonly settles: string;
}

/** One run as it was read. Counts are rows unless named cases. */
export interface RunReport {
  readonly files: readonly string[];
  /** Text of the run column that selected this run; null where every row was taken. */
  readonly run: string | null;
  /** Order-independent digest of the results, hex. */
  readonly fingerprint: string;
  /** Columns by role, as used; `detected` lists the roles that were guessed from names. */
  readonly columns: Readonly<Record<string, string>>;
  readonly detected: readonly string[];
  readonly rows: number;
  readonly cases: number;
  readonly scored: number;
  readonly errors: number;
  readonly unscored: number;
  readonly maxTrials: number;
  /** For a run of the ledger: days since it was recorded. */
  readonly ageDays: number | null;
  readonly name: string | null;
}

/** A case that changed, as evidence. Texts are cut at 500 characters; null where the files have none. */
export interface CaseReport {
  readonly id: string;
  readonly input: string | null;
  readonly baselineOutput: string | null;
  readonly candidateOutput: string | null;
  /** How often the case flipped in recorded comparisons; null without a ledger. */
  readonly record: CaseHistory | null;
}

/** What the ledger knows of one case. */
export interface CaseHistory {
  readonly comparisons: number;
  readonly flipped: number;
  /** Comparisons of a system with itself, and the flips in those: noise of the case. */
  readonly unchangedComparisons: number;
  readonly flippedUnchanged: number;
}

/** How the cases of a slice (or of the whole comparison) are accounted for; the parts sum to `cases`. */
export interface CaseCounts {
  readonly cases: number;
  /** Compared: both runs have a usable value. Equals `n` of the slice. */
  readonly compared: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly edited: number;
  /** In both runs, but without a usable value in at least one. */
  readonly unscored: number;
  /** Of the compared: cases with an error in either run (they count as failures, or are left out by policy). */
  readonly withErrors: number;
}

export interface WaiverReport {
  readonly kind: 'waiver' | 'debt';
  readonly reason: string;
  readonly owner: string;
  readonly reviewer: string | null;
  readonly expires: string;
  readonly expired: boolean;
}

/** Share of a slice in the training data; n is rows, null where there are no files or they lack the column. */
export interface TrainingMix {
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
}

/** `gated`: decides the release. `shown`: another dimension, for the eye only. `remainder`: untagged, missing, changed or ignored cases. */
export type SliceRole = 'gated' | 'shown' | 'remainder';

export interface SliceReport {
  /** Stable: metric, grouping, state and value, joined unambiguously. */
  readonly id: string;
  readonly role: SliceRole;
  readonly metric: string;
  /** Grouping id: a column, `A x B`, or the name of a predicate. */
  readonly dimension: string;
  /** Exact cell text; `(missing)`, `(untagged)`, `(changed)` or `(ignored)` for remainders (see `state`). */
  readonly value: string;
  readonly state: 'value' | 'missing' | 'untagged' | 'changed' | 'ignored';
  /** Expression of a predicate, cross or bucket; null for a plain column value. */
  readonly definition: string | null;
  readonly family: string | null;
  readonly n: number;
  readonly counts: CaseCounts;
  readonly critical: boolean;
  readonly owner: string | null;
  /** Null for slices that are shown but take no part. */
  readonly verdict: Verdict | null;
  readonly grade: Grade | null;
  readonly reason: string;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  /** candidate - baseline, raw. */
  readonly delta: Estimate | null;
  readonly direction: 'higher' | 'lower';
  /** Cases that got worse and better. */
  readonly lost: number;
  readonly gained: number;
  /** Name of the test behind `pValue`, such as `exact McNemar`; null where none was run. */
  readonly test: string | null;
  /** One-sided in the direction of loss. */
  readonly pValue: number | null;
  readonly pValueTwoSided: number | null;
  readonly adjustedPValue: number | null;
  readonly adjustment: string | null;
  readonly holmPValue: number | null;
  /** Boschloo's one-sided p beside Fisher's, for runs without common cases (up to 1,000 cases); shown, never gated. */
  readonly boschlooPValue: number | null;
  /** Floor test: one-sided exact binomial p against "rate is at least the floor", Holm-adjusted; null without a floor. */
  readonly floorPValue: number | null;
  readonly floor: number | null;
  readonly margin: number;
  /** Smallest drop seen with 80 % power at this slice's n and churn; null where none is. */
  readonly minimumDetectableDrop: number | null;
  /** Cases that would show a drop of the size observed (at least the margin) with 80 % power; null where not finite. */
  readonly casesNeeded: number | null;
  /** Cases from which this slice gates, where its metric needs more than `policy.minCases`; absent where it does not. */
  readonly casesToGate?: number;
  readonly waiver: WaiverReport | null;
  /** Share of the slice in the training data before and after; absent where none is configured. No cause is claimed. */
  readonly train?: TrainingMix;
  /** Other slices with exactly the same cases, reported here once. */
  readonly sameCasesAs: readonly string[];
  readonly cases: {
    readonly lost: readonly CaseReport[];
    readonly gained: readonly CaseReport[];
    /** Cases beyond those listed. */
    readonly lostOmitted: number;
    readonly gainedOmitted: number;
  };
}

/** The whole comparison in one row; never gated. */
export interface OverallReport {
  readonly metric: string;
  readonly gated: false;
  readonly n: number;
  readonly baseline: Estimate | null;
  readonly candidate: Estimate | null;
  readonly delta: Estimate | null;
  readonly direction: 'higher' | 'lower';
  readonly lost: number;
  readonly gained: number;
  readonly pValueTwoSided: number | null;
  /** A2's answer in words. */
  readonly conclusion: 'BETTER' | 'WORSE' | 'NO EVIDENCE EITHER WAY' | null;
  /** Standard error had the runs not been paired, to show what pairing buys. */
  readonly unpairedStandardError: number | null;
  /** Rates weighted by the weight column, where one is mapped. */
  readonly weighted: { readonly baseline: Estimate | null; readonly candidate: Estimate | null } | null;
  /** Half-width of the difference that an unchanged rerun shows, where one was given. */
  readonly rerunBand: number | null;
}

/** What the gate ran with, complete: a reader needs nothing else to repeat it. */
export interface PolicyReport {
  readonly margin: number;
  readonly floor: number | null;
  readonly minCases: number;
  readonly blockBudget: number;
  readonly reviewBudget: number;
  /** Parts of the block budget as used: deltas of critical and other slices, and floors. */
  readonly budgets: { readonly critical: number; readonly other: number; readonly floors: number };
  readonly multiplicity: string;
  /** Which error is controlled, in words. */
  readonly controls: string;
  readonly errors: 'fail' | 'exclude';
  readonly errorBudget: number;
  readonly unmatchedBudget: number;
  readonly requireEvidence: boolean;
  readonly allowChanged: readonly string[];
  readonly confirmation: {
    readonly casesPerNominee: number;
    readonly directBudget: number;
    readonly confirmBudget: number;
    readonly nominateMidP: number;
  } | null;
  readonly looks: 'fixed' | 'always-valid';
  readonly churn: 'nominate' | 'block';
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
  /** Dimensions that gate, and how they were chosen: `configured` or `detected`. */
  readonly dimensions: readonly string[];
  readonly dimensionsFrom: 'configured' | 'detected' | 'none';
  readonly configFile: string | null;
}

export interface ReportCounts {
  readonly paired: number;
  readonly onlyBaseline: number;
  readonly onlyCandidate: number;
  readonly edited: number;
  readonly pairing: 'paired' | 'unpaired' | 'single run';
  readonly pairedBy: 'case id' | 'input' | 'row' | null;
  /** Gated slices, and how they ended; LOW-N and DEBT are not part of `gated`. */
  readonly slices: number;
  readonly gatedSlices: number;
  readonly undecided: number;
  readonly nonInferior: number;
  readonly lowN: number;
  readonly lowNCases: number;
  readonly debt: number;
  /** Looks at this candidate so far, this one included, where a ledger counts them. */
  readonly looks: number | null;
}

export interface Report {
  readonly schemaVersion: typeof REPORT_SCHEMA_VERSION;
  readonly tool: { readonly name: 'slicewise'; readonly version: string };
  readonly verdict: Verdict;
  readonly exitCode: ExitCode;
  readonly ship: Answer;
  readonly belief: Answer;
  /** At most three that settle something, and the studio, which shows it all. */
  readonly next: readonly NextStep[];
  readonly baseline: RunReport | null;
  readonly candidate: RunReport;
  readonly policy: PolicyReport;
  readonly counts: ReportCounts;
  /** Worst first. Every slice of every gated and shown dimension, LOW-N and zero-case rows included. */
  readonly slices: readonly SliceReport[];
  /** One row per metric: all compared cases. */
  readonly overall: readonly OverallReport[];
  /** Cases that belong to no configured or gated slice, per gated dimension and metric (also present in `slices`). */
  readonly unsliced: { readonly cases: number; readonly reason: string };
  readonly findings: readonly Finding[];
  /** Things the reader should know that decide nothing: detected columns, translated keys. */
  readonly notes: readonly string[];
  /** Taken over the canonical results of both runs and the policy without its waivers; names this run in waivers. */
  readonly runHash: string;
  /** Set when this report is a confirmation stage: which nominees of stage one are settled. */
  readonly confirmation: {
    readonly stageOneRunHash: string;
    readonly nominees: readonly {
      readonly id: string;
      readonly settled: 'confirmed' | 'cleared' | 'open';
      readonly reason: string;
    }[];
  } | null;
}
