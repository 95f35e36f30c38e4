/** What splits by source, time or rarity say about the next unseen one: drops, their spread, and where the next may lie. */

import { compareText } from '../slices/index.ts';
import {
  type Estimate,
  newcombeUnpairedInterval,
  predictionInterval,
  wilsonInterval,
} from '../stats/index.ts';

/** Passed cases of one split. */
export interface SplitScore {
  readonly name: string;
  readonly passed: number;
  readonly cases: number;
}

/** One kind of shift. */
export interface ShiftInput {
  readonly shift: string;
  readonly splits: readonly SplitScore[];
}

/** One split against the in-domain score. */
export interface SplitDrop {
  readonly name: string;
  readonly rate: Estimate;
  /** In-domain score minus this one, with its own sampling interval. */
  readonly drop: Estimate;
  /** Below the floor, where there is one. */
  readonly isBelowFloor: boolean;
}

/** What one kind of shift shows. */
export interface ShiftEvidence {
  readonly shift: string;
  /** Largest drop first. */
  readonly splits: readonly SplitDrop[];
  /** Splits with fewer cases than the minimum, which count nowhere. */
  readonly small: readonly SplitScore[];
  readonly meanDrop: number | null;
  /** Standard deviation of the drops; null below two splits. */
  readonly spread: number | null;
  /** Where the drop of the next unseen split lies: t with splits - 1 degrees of freedom. Undefined below two splits. */
  readonly next: Estimate;
  /**
   * Half-width of the widest drop's own interval where that is more than the half-width of `next`: the splits agree more than their
   * cases can tell, so `next` is too narrow. Null elsewhere.
   */
  readonly coarser: number | null;
}

/** All kinds of shift. */
export interface ShiftsEvidence {
  readonly column: string;
  readonly metric: 'passRate';
  readonly inDomain: Estimate;
  /** Cases that are in no split. */
  readonly untagged: number;
  readonly shifts: readonly ShiftEvidence[];
  readonly floor: number | null;
}

/** The cases that are like the training data. */
export interface InDomain {
  readonly column: string;
  readonly passed: number;
  readonly cases: number;
  /** Cases that are in no split. */
  readonly untagged: number;
}

/** Splits per kind of shift from which on something is known of the next. */
export const LEAST_SPLITS = 2;

/**
 * Drops of every split against the in-domain cases. The interval for the next split takes the splits as a sample of all that
 * may come, and their number, not that of their cases, decides how wide it is.
 *
 * @param inDomain cases that were drawn like the training data
 * @param minCases splits with fewer count nowhere, and are named
 * @param floor lowest acceptable rate of a split, or null
 */
export function shiftsEvidence(
  inDomain: InDomain,
  shifts: readonly ShiftInput[],
  {
    minCases,
    floor,
    level,
  }: { readonly minCases: number; readonly floor: number | null; readonly level: number },
): ShiftsEvidence {
  return {
    column: inDomain.column,
    metric: 'passRate',
    untagged: inDomain.untagged,
    inDomain: wilsonInterval(inDomain.passed, inDomain.cases, level),
    floor,
    shifts: shifts.map(({ shift, splits }): ShiftEvidence => {
      const large = splits.filter(({ cases }) => cases >= minCases);
      const drops = large
        .map(({ name, passed, cases }): SplitDrop => {
          const rate = wilsonInterval(passed, cases, level);
          return {
            name,
            rate,
            drop: newcombeUnpairedInterval(
              {
                candidatePasses: inDomain.passed,
                candidateCases: inDomain.cases,
                baselinePasses: passed,
                baselineCases: cases,
              },
              level,
            ),
            isBelowFloor: floor !== null && rate.estimate !== null && rate.estimate < floor,
          };
        })
        .toSorted((a, b) => b.drop.estimate! - a.drop.estimate! || compareText(a.name, b.name));
      const values = drops.map(({ drop }) => drop.estimate!);
      const next = predictionInterval(values, level);
      return {
        shift,
        splits: drops,
        small: splits.filter(({ cases }) => cases < minCases),
        meanDrop: values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length,
        spread: deviation(values),
        next,
        coarser: coarserThan(next, drops),
      };
    }),
  };
}

function coarserThan({ lower, upper }: Estimate, drops: readonly SplitDrop[]): number | null {
  if (lower === null || upper === null) return null;
  const own = Math.max(...drops.map(({ drop }) => (drop.upper! - drop.lower!) / 2));
  return own > (upper - lower) / 2 ? own : null;
}

function deviation(values: readonly number[]): number | null {
  if (values.length < LEAST_SPLITS) return null;
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
  return Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1));
}

/**
 * What stands before the colon of a split's name is its kind of shift; null where there is none.
 *
 * @example splitKind('source:forum') // 'source'
 */
export function splitKind(name: string): string | null {
  const colon = name.indexOf(':');
  return colon > 0 ? name.slice(0, colon) : null;
}

/** Names with kinds are one shift per kind, in code point order; other values are splits of one shift, which the column names. */
export function shiftsOf(column: string, scores: readonly SplitScore[]): readonly ShiftInput[] {
  const hasKinds = scores.length > 0 && scores.every(({ name }) => splitKind(name) !== null);
  if (!hasKinds) return [{ shift: column, splits: scores }];
  const kinds = Map.groupBy(scores, ({ name }) => splitKind(name)!);
  return [...kinds].toSorted(([a], [b]) => compareText(a, b)).map(([shift, splits]) => ({ shift, splits }));
}
