/** Questions about verdict, findings and slices of the gated release. */

import type { ContrastWord, ValueShift } from '../../discovery/index.ts';
import type { Finding, FindingKind, Verdict } from '../../findings/index.ts';
import type { CaseReport, OverallReport, Report, SliceReport } from '../../gate/index.ts';
import type { HistorySeries } from '../../ledger/index.ts';
import type { Endpoint, NoParams } from './endpoint.ts';

/** How the numbers of a metric read. */
export interface MetricReading {
  readonly id: string;
  /** For people: `pass rate`. */
  readonly name: string;
  /** Values are shares, which read as percentages and points. */
  readonly isRate: boolean;
  readonly direction: 'higher' | 'lower';
  /** Ends of the scale; null where values have none. */
  readonly bounds: readonly [number, number] | null;
}

/**
 * One slice as a row of the table and of the forest plot. Limits are of the report's level; null where there is no estimate.
 * Numbers are rounded to six significant digits: the verdict was made from unrounded ones.
 */
export interface SliceRow {
  /** Unique, and part of every link to the slice. */
  readonly id: string;
  readonly metric: string;
  readonly dimension: string;
  readonly value: string;
  readonly state: SliceReport['state'];
  readonly role: SliceReport['role'];
  readonly family: string | null;
  readonly owner: string | null;
  readonly critical: boolean;
  readonly verdict: SliceReport['verdict'];
  readonly grade: SliceReport['grade'];
  /** Cases that decide, and all cases of the slice; the difference is in one run only, edited or unscored. */
  readonly n: number;
  readonly cases: number;
  readonly lost: number;
  readonly gained: number;
  readonly before: number | null;
  readonly beforeLower: number | null;
  readonly beforeUpper: number | null;
  readonly after: number | null;
  readonly afterLower: number | null;
  readonly afterUpper: number | null;
  readonly delta: number | null;
  readonly deltaLower: number | null;
  readonly deltaUpper: number | null;
  /** One-sided in the direction of loss. */
  readonly p: number | null;
  readonly adjustedP: number | null;
  readonly floor: number | null;
  readonly margin: number;
  /** Smallest drop that this slice shows with 80 % power, and cases that would settle it; null where there is none. */
  readonly detectable: number | null;
  readonly needed: number | null;
  readonly waiver: 'waiver' | 'expired waiver' | 'debt' | 'expired debt' | null;
}

/** Values of one field, row by row: as they are, or as places in a list of the distinct ones. */
export type PackedColumn<T> =
  | { readonly values: readonly T[] }
  | { readonly words: readonly T[]; readonly codes: readonly number[] };

/** Rows by column: 20,000 slices stay a few megabytes. */
export interface PackedRows {
  readonly rows: number;
  readonly columns: { readonly [Field in keyof SliceRow]: PackedColumn<SliceRow[Field]> };
}

/** Where the cases of one dimension went; `rows` sums the cases of all its rows. */
export interface DimensionTotal {
  readonly metric: string;
  readonly dimension: string;
  readonly slices: number;
  readonly rows: number;
  /** Cases of the comparison. More in `rows` means that cases are in several slices (tags). */
  readonly cases: number;
}

export interface SlicesAnswer {
  readonly hasBaseline: boolean;
  readonly metrics: readonly MetricReading[];
  /** Of all intervals, such as 0.95. */
  readonly level: number;
  /** Fewer cases are LOW-N. */
  readonly minCases: number;
  /** Worst first. */
  readonly packed: PackedRows;
  readonly totals: readonly DimensionTotal[];
  /** All cases per metric; they gate nothing, but where they are the one slice they stand among the rows too. */
  readonly overall: readonly OverallReport[];
  /** Rates without binomial limits around their mean, and why. */
  readonly noBands: readonly { readonly metric: string; readonly reason: string }[];
}

/** A part of all cases; the parts of a list sum to its total. */
export interface CasePart {
  readonly label: string;
  readonly cases: number;
}

/** A slice with what the gate says about it. */
export interface ToldSlice {
  readonly row: SliceRow;
  readonly reason: string;
}

/** A slice or a finding that would decide, had nobody taken it on. */
export interface WaivedItem {
  /** Its card on the page Review. */
  readonly key: string;
  /** A slice as reports call it, or the check. */
  readonly name: string;
  readonly verdict: Verdict;
  /** Null for a finding. */
  readonly slice: SliceRow | null;
  /** What was found. */
  readonly reason: string;
  /** Null where its entry is not known, as in a document that was read again. */
  readonly waiver: Pick<
    NonNullable<SliceReport['waiver']>,
    'owner' | 'reviewer' | 'reason' | 'expires'
  > | null;
}

/** Some of many: the worst of them, and how many there are. */
export interface Some<T> {
  readonly total: number;
  readonly shown: readonly T[];
}

export type Nominee = NonNullable<Report['confirmation']>['nominees'][number] & { readonly name: string };

export interface ReleaseAnswer {
  readonly verdict: Verdict;
  readonly exitCode: Report['exitCode'];
  readonly ship: string;
  readonly belief: string;
  /** Slices and findings that a waiver took out; slices first. */
  readonly waived: Some<WaivedItem>;
  /** Slices among them that are neither proven nor undecided, which sentences about the others leave out. */
  readonly waivedSlices: number;
  readonly baseline: Report['baseline'];
  readonly candidate: Report['candidate'];
  readonly metrics: readonly MetricReading[];
  readonly level: number;
  readonly counts: Report['counts'];
  /** Every case of the comparison once, by what became of it; they sum to `cases`. */
  readonly cases: number;
  readonly parts: readonly CasePart[];
  /** The mean of all cases per metric, never gated; none where all cases are the one gated slice. */
  readonly overall: readonly OverallReport[];
  /** Slices and findings whose verdict is that of the release. */
  readonly deciding: Some<ToldSlice>;
  readonly decidingFindings: Some<Finding>;
  /** Slices that ask for something as well, although another verdict decides. */
  readonly lesser: Some<ToldSlice>;
  /** Slices that could not be told: too small to show a drop of the margin, too small to gate. */
  readonly undecided: Some<SliceRow>;
  /** With what they have fewer of, in words: a quantile may need more cases than the policy. */
  readonly lowN: Some<SliceRow> & { readonly fewerThan: string };
  /** Checks that could not run, and checks in all. */
  readonly notCheckable: number;
  readonly checks: number;
  /** The worst gated slices of the metric that is worst, at most twelve. */
  readonly worst: readonly SliceRow[];
  readonly evalSet: {
    /** Distinct fingerprints that the runs name; empty where they name none. */
    readonly baseline: readonly string[];
    readonly candidate: readonly string[];
    /** What is known of its age, or what to add so that it is. */
    readonly said: string;
  };
  readonly policy: Report['policy'];
  readonly next: Report['next'];
  readonly notes: readonly string[];
  readonly runHash: string;
  /** Other slices and findings of a stage that came before; null without one. */
  /** Where this is a second stage: what became of each nominee of the first, by the name that reports use. */
  readonly nominees: readonly Nominee[] | null;
}

/** A finding with what decides how it is shown. */
export interface ToldFinding {
  /** Unique among the findings of a report, and the same for the same report. */
  readonly id: string;
  readonly finding: Finding;
  readonly waived: boolean;
  /** Id of the slice that it is about, where the report has it. */
  readonly sliceId: string | null;
}

export interface FindingsAnswer {
  /** In the order in which a person looks for a cause. */
  readonly families: readonly {
    readonly kind: FindingKind;
    readonly open: readonly ToldFinding[];
    readonly notCheckable: readonly ToldFinding[];
  }[];
  /** Checks that ran and found nothing. */
  readonly quiet: readonly string[];
  /** Cases of a finding link to the cases of the comparison. */
  readonly runHash: string;
}

export interface SliceParams {
  readonly id: string;
}

/** Another slice that stands in a relation to this one. */
export interface RelatedSlice {
  readonly name: string;
  readonly id: string | null;
  readonly verdict: SliceReport['verdict'];
  readonly n: number | null;
  readonly delta: number | null;
}

/** One slice over the recorded gates, or why there is nothing. */
export type SliceHistory =
  | { readonly state: 'recorded'; readonly series: HistorySeries; readonly gates: number }
  | { readonly state: 'none'; readonly reason: string };

export interface SliceAnswer {
  readonly row: SliceRow;
  readonly metric: MetricReading;
  readonly level: number;
  readonly hasBaseline: boolean;
  /** Everything else that the report has of the slice; its cases are in `lost` and `gained`. */
  readonly report: Omit<SliceReport, 'cases' | 'sameCasesAs'>;
  readonly definition: {
    /** As the language of `slices: where` says it; null where it cannot, and `why` says why. */
    readonly predicate: string | null;
    readonly sql: string | null;
    readonly why: string | null;
    /** How its dimension is cut; null for a plain column. */
    readonly dimension: string | null;
  };
  readonly lost: Some<CaseReport>;
  readonly gained: Some<CaseReport>;
  readonly sameCasesAs: readonly RelatedSlice[];
  readonly parents: Some<RelatedSlice>;
  readonly children: Some<RelatedSlice>;
  readonly history: SliceHistory;
}

/** A value of another column that the lost cases have more often than the other cases of the slice. */
export interface TellingFeature extends ContrastWord {
  readonly column: string;
  readonly value: string;
}

/** What stands behind the change of a slice. Nothing here is tested; it says where to look. */
export interface SliceCausesAnswer {
  /** Its part in the change of all cases; null without a baseline. `change` is of all cases, in the metric's unit. */
  readonly mix: (ValueShift & { readonly change: number }) | null;
  /** What each condition of a conjunction adds to how far its change lies from that of all cases (Shapley values), in the metric's unit. */
  readonly parts: readonly { readonly name: string; readonly contribution: number }[] | null;
  /** Null where the metric has no lost cases one by one. */
  readonly features: {
    /** `lost`, or `failed` for a run without a baseline. */
    readonly what: 'lost' | 'failed';
    readonly lost: number;
    readonly others: number;
    readonly ranked: number;
    readonly columns: number;
    /** Columns that a comparison this large leaves out. */
    readonly leftOut: readonly string[];
    readonly found: readonly TellingFeature[];
  } | null;
}

/** Words that the lost cases of a slice have more often. Nothing is tested. */
export interface SliceWordsAnswer {
  /** Null where the runs have no input texts, or too few lost cases. */
  readonly words: {
    readonly what: 'lost' | 'failed';
    readonly lost: number;
    readonly others: number;
    /** Against the other cases of the slice. */
    readonly inSlice: readonly ContrastWord[];
    /** Every so many-th case was read; 1 is all. */
    readonly step: number;
  } | null;
  readonly why: string | null;
}

export interface ReleaseEndpoints {
  readonly release: Endpoint<NoParams, ReleaseAnswer>;
  readonly findings: Endpoint<NoParams, FindingsAnswer>;
  readonly slices: Endpoint<NoParams, SlicesAnswer>;
  readonly slice: Endpoint<SliceParams, SliceAnswer>;
  readonly 'slice-causes': Endpoint<SliceParams, SliceCausesAnswer>;
  readonly 'slice-words': Endpoint<SliceParams, SliceWordsAnswer>;
}
