/** Reduces the scores of a case's trials to one value, with the reducers that Inspect calls epoch reducers. */

import { quantile } from '../quantiles/index.ts';
import { passAtK, passHatK } from './pass-at-k.ts';

/** How trials become one value. `at_least`: did k trials pass; `pass_at`: pass@k; `pass_k`: pass^k. */
export type TrialReducer =
  | { readonly kind: 'mean' | 'median' | 'mode' | 'max' }
  | { readonly kind: 'at_least' | 'pass_at' | 'pass_k'; readonly k: number };

/** A trial passes from this score on. */
const PASS_SCORE = 1;

/**
 * Reads a reducer's name as Inspect writes it; null where it is none of these.
 *
 * @example parseTrialReducer('pass_at_2') // { kind: 'pass_at', k: 2 }
 */
export function parseTrialReducer(name: string): TrialReducer | null {
  if (name === 'mean' || name === 'median' || name === 'mode' || name === 'max') return { kind: name };
  const match = /^(at_least|pass_at|pass_k)_([1-9][0-9]{0,8})$/.exec(name);
  return match === null ? null : { kind: match[1] as 'at_least' | 'pass_at' | 'pass_k', k: Number(match[2]) };
}

/**
 * One value for the trials of a case; null without trials, and for pass@k and pass^k with fewer than k.
 *
 * @param scores finite numbers in the order in which the trials ran
 * @source inspect_ai 0.3.285, scorer/_reducer/reducer.py; Chen et al. 2021, arXiv 2107.03374; Yao et al. 2024, arXiv 2406.12045
 * @example reduceTrials([1, 0, 0], { kind: 'pass_at', k: 2 }) // 0.6666666667
 */
export function reduceTrials(scores: readonly number[], reducer: TrialReducer): number | null {
  const count = scores.length;
  if (count === 0) return null;
  const passed = scores.filter((score) => score >= PASS_SCORE).length;
  switch (reducer.kind) {
    case 'mean':
      return scores.reduce((sum, score) => sum + score, 0) / count;
    case 'median':
      return quantile(scores, 0.5);
    case 'mode':
      return mostCommon(scores);
    case 'max':
      return scores.reduce((most, score) => Math.max(most, score));
    case 'at_least':
      return passed >= reducer.k ? 1 : 0;
    case 'pass_at':
      return passAtK(count, passed, reducer.k);
    case 'pass_k':
      return passHatK(count, passed, reducer.k);
  }
}

/**
 * The value that occurs most often, the first of several; null of an empty list.
 *
 * @example mostCommon(['P', 'C', 'C']) // 'C'
 */
export function mostCommon<T>(values: readonly T[]): T | null {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: T | null = null;
  let most = 0;
  for (const [value, count] of counts) {
    if (count <= most) continue;
    best = value;
    most = count;
  }
  return best;
}
