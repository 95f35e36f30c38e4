/** What `slicewise discover` is asked: which slices to look for, how, and how sure to be. */

import type { Config } from '../../config/index.ts';
import type { Correction, SearchMode, SliceOrder } from '../../discovery/index.ts';
import { type Problem, UsageError } from '../../errors.ts';

/** `halves`: find on one half, confirm on the other. `cross-fit`: both ways. `all`: one table, corrected over everything. */
export type SearchPlan = 'halves' | 'cross-fit' | 'all';

/** `level`: Holm by level. `tarone`: of those slices that could be significant. `joint`: min-P over shuffled outcomes. */
export type DiscoverCorrection = Exclude<Correction, 'none'> | 'level' | 'tarone' | 'joint';

/** Least size of a slice, among all cases. */
export type MinCases =
  | { readonly kind: 'cases'; readonly cases: number }
  | { readonly kind: 'share'; readonly share: number }
  | null;

/** One question to the results, with every option filled in. */
export interface DiscoverRequest {
  readonly config: Config;
  /** Empty asks for all that the runs can answer. */
  readonly modes: readonly SearchMode[];
  /** Most conditions of a slice, 1 to 8. */
  readonly level: number;
  /** Slices that are tested for each mode, at least 1. */
  readonly top: number;
  /** Null takes the larger of 20 and 1 % of the cases, and less in small sets. */
  readonly minCases: MinCases;
  readonly order: SliceOrder;
  /** Weight of the error against the size in the order `sliceline`, in (0, 1]. */
  readonly weight: number;
  /** Columns to search, and nothing else; empty is all. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly derived: boolean;
  /** Values of a column that are told apart, 1 to 65,000. */
  readonly maxValues: number;
  readonly search: SearchPlan;
  readonly correction: DiscoverCorrection;
  /** Chance that any slice of the whole answer is confirmed by mistake (false discovery rate with `bh`, `by`), in (0, 1). */
  readonly alpha: number;
  /** Workers, at least 1; the answer does not depend on it. */
  readonly threads: number;
  /** The answer is to be adopted, so it needs the digest of the results also where reading them once more takes long. */
  readonly adopting: boolean;
  /** Show words of inputs and names made from them. */
  readonly texts: boolean;
}

export type DiscoverOptions = Omit<DiscoverRequest, 'config'>;

/** What is asked where nothing is said. */
export const DISCOVER_DEFAULTS: DiscoverOptions = {
  modes: [],
  level: 3,
  top: 10,
  minCases: null,
  order: 'sliceline',
  weight: 0.95,
  include: [],
  exclude: [],
  derived: true,
  maxValues: 1_000,
  search: 'halves',
  correction: 'holm',
  alpha: 0.05,
  threads: 1,
  adopting: false,
  texts: true,
};

export const MODES = ['worst', 'regressed', 'improved'] as const satisfies readonly SearchMode[];
export const ORDERS = [
  'sliceline',
  'drop',
  'support',
  'drop-support',
] as const satisfies readonly SliceOrder[];
export const SEARCHES = ['halves', 'cross-fit', 'all'] as const satisfies readonly SearchPlan[];
export const CORRECTIONS = [
  ...(['holm', 'bh', 'by', 'tarone', 'level', 'joint', 'bonferroni'] as const),
] as const satisfies readonly DiscoverCorrection[];

/** Corrections that only make sense over everything that was enumerated. */
const OF_ALL: readonly DiscoverCorrection[] = ['tarone', 'level', 'joint'];

/**
 * Refuses options that mean nothing.
 *
 * @throws UsageError with every problem
 */
export function checkRequest(request: DiscoverRequest): void {
  const { level, top, maxValues, threads, weight, alpha, minCases, search, correction } = request;
  const problems: Problem[] = [
    ...whole('--level', level, 1, 8),
    ...whole('--top', top, 1, 1_000),
    ...whole('--max-values', maxValues, 1, 65_000),
    ...whole('--threads', threads, 1, 64),
    ...within('--weight', weight, weight > 0 && weight <= 1, 'above 0 and at most 1'),
    ...within('--alpha', alpha, alpha > 0 && alpha < 1, 'between 0 and 1'),
  ];
  if (minCases?.kind === 'cases') problems.push(...whole('--min-cases', minCases.cases, 1, 1e9));
  if (minCases?.kind === 'share') {
    problems.push(
      ...within(
        '--min-cases',
        minCases.share,
        minCases.share > 0 && minCases.share < 1,
        'above 0 % and below 100 %',
      ),
    );
  }
  if (search !== 'all' && OF_ALL.includes(correction)) {
    problems.push({
      message: `--correct ${correction} corrects over all slices of the table, but --search ${search} tests only those it found`,
      hint: `add --search all, or choose holm, bh, by or bonferroni`,
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
}

function whole(flag: string, value: number, least: number, most: number): readonly Problem[] {
  return within(
    flag,
    value,
    Number.isInteger(value) && value >= least && value <= most,
    `a whole number from ${least} to ${most}`,
  );
}

function within(flag: string, value: number, holds: boolean, what: string): readonly Problem[] {
  return holds ? [] : [{ message: `${flag} is ${value}, must be ${what}` }];
}
