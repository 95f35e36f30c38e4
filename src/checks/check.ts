/** What a check is: a named question with the inputs it needs and the findings it answers with. */

import type { Config } from '../config/index.ts';
import type { DimensionRanking, LargestGap } from '../discovery/index.ts';
import type { ComparisonProfile, SettledColumn } from '../engines/index.ts';
import type { Pairing, SliceEvidence } from '../evidence/index.ts';
import { type Finding, type FindingKind, limitsOf } from '../findings/index.ts';
import type { Scope } from '../scope/index.ts';
import type { Grouping } from '../slices/index.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Summary of an A/A run of this gate on the user's own data. */
export interface SelfCheck {
  /** Simulated unchanged releases, and how many of them were blocked or called for review. */
  readonly releases: number;
  readonly blocked: number;
  readonly reviewed: number;
  readonly method: string;
}

/** Churn of an unchanged rerun of the baseline. */
export interface RerunChurn {
  readonly paired: number;
  /** Cases that flipped either way between two identical runs. */
  readonly flips: number;
  /** Half-width of the 95 % band of the overall difference that a rerun alone produces. */
  readonly band: number;
}

/** What each dimension explains of the result, and how the dimensions are cut. */
export interface RankedScope {
  readonly ranking: DimensionRanking;
  readonly groupings: ReadonlyMap<string, Grouping>;
  readonly metric: string;
}

/** The largest gap of a dimension that must stay equal. */
export interface EqualGap {
  readonly gap: LargestGap;
  readonly margin: number;
  readonly metric: string;
}

/** Everything a check may look at; counts and evidence, never rows. */
export interface CheckContext {
  readonly config: Config;
  readonly scope: Scope;
  readonly profile: ComparisonProfile;
  readonly pairing: Pairing;
  /** Evidence of every slice and metric, gated or shown. */
  readonly slices: readonly SliceEvidence[];
  /** Evidence of all cases together, one per metric. */
  readonly overall: readonly SliceEvidence[];
  /** Groups of gated slices of different dimensions that hold exactly the same cases. */
  readonly sameCases: readonly (readonly SliceEvidence[])[];
  /** Null where there is nothing to rank, or this comparison does not ask. */
  readonly dimensions: RankedScope | null;
  /** Null or absent where no dimension must stay equal. */
  readonly equal?: readonly EqualGap[] | null;
  /** Classes, probabilities, trivial answers, training data; absent where nothing was diagnosed. */
  readonly diagnosis?: Diagnosis;
  /** Gated columns that differ between the runs, where the baseline's value decided; absent where none does. */
  readonly settled?: readonly SettledColumn[];
  readonly rerun: RerunChurn | null;
  readonly selfCheck: SelfCheck | null;
  /** Days since a baseline of the ledger was recorded. */
  readonly baselineAgeDays: number | null;
}

export interface Check {
  readonly kind: FindingKind;
  /** Practice behind the check, such as `A-6`. */
  readonly practice: string;
  /** What must be added before the check can run, or null where it can. */
  readonly missing: (context: CheckContext) => string | null;
  readonly run: (context: CheckContext) => readonly Finding[];
}

/** A finding with the fields that most findings leave empty filled in. */
export function finding(
  fields: Pick<Finding, 'check' | 'kind' | 'reason'> & Partial<Omit<Finding, 'check' | 'kind' | 'reason'>>,
): Finding {
  return {
    verdict: null,
    status: 'checked',
    slice: null,
    estimate: null,
    evidence: [],
    evidenceTotal: fields.evidence?.length ?? 0,
    remedy: null,
    method: null,
    ...limitsOf(fields.check),
    source: null,
    ...fields,
  };
}

/**
 * A count with thousands separated by commas.
 *
 * @example grouped(1200) // '1,200'
 */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 case`, `1,200 cases`. */
export function plural(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/**
 * A share as a percentage with one decimal.
 *
 * @example percent(0.0523) // '5.2%'
 */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
