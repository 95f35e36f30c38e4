/** A simulated share with what its number of repetitions can say about the true one. */

import { clopperPearsonInterval } from '../../src/stats/index.ts';

/** So many of so many repetitions. */
export interface Share {
  readonly count: number;
  readonly of: number;
  /** count / of. */
  readonly share: number;
  /** Standard error of the share. */
  readonly error: number;
  /** One-sided 99 % lower confidence bound (Clopper-Pearson): a stated rate below it is refuted. */
  readonly lower99: number;
}

/**
 * @example shareOf(34, 1000).lower99 // 0.02194...
 */
export function shareOf(count: number, of: number): Share {
  const share = count / of;
  return {
    count,
    of,
    share: rounded(share),
    error: rounded(Math.sqrt((share * (1 - share)) / of)),
    lower99: rounded(clopperPearsonInterval(count, of, 0.98).lower ?? 0),
  };
}

/** Whether the simulation leaves the stated rate standing. */
export function holds({ lower99 }: Share, stated: number): boolean {
  return lower99 <= stated;
}

/** How many standard errors of both simulations lie between a share and a reference share. */
export function distance({ share, of }: Share, reference: number, repetitions: number): number {
  const pooled = (share * of + reference * repetitions) / (of + repetitions);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / repetitions));
  return error === 0 ? 0 : Math.round(((share - reference) / error) * 100) / 100;
}

/** Results are committed: five digits are more than any repetition count supports. */
function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
