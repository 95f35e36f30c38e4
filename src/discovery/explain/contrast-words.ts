/** Words and features that the lost cases have more often than the others. */

import { compareText } from '../../slices/index.ts';
import { logOddsDirichlet } from '../../stats/index.ts';

/** Uses of each token over a set of cases; count a token once per case, so that one long case cannot speak for all. */
export type TokenCounts = ReadonlyMap<string, number>;

export interface ContrastOptions {
  /** Size of the prior in tokens, above 0: larger asks for more evidence. */
  readonly strength: number;
  /** Most tokens returned. */
  readonly top: number;
  /** Tokens used less often than this in both together are not ranked. */
  readonly minUses: number;
}

export const CONTRAST_DEFAULTS: ContrastOptions = { strength: 500, top: 20, minUses: 3 };

export interface ContrastWord {
  readonly token: string;
  /** Uses among the lost cases, and among the others. */
  readonly lost: number;
  readonly others: number;
  readonly logOddsRatio: number;
  readonly z: number;
}

/** Over-represented tokens and how many were ranked: with many tokens a large z is expected by chance. */
export interface ContrastWords {
  readonly words: readonly ContrastWord[];
  readonly ranked: number;
}

/**
 * Tokens by z of their log odds among lost cases against the others, largest first (ties by token in code point order);
 * only tokens that the lost cases use more. Exploratory: nothing is tested.
 */
export function contrastWords(
  lost: TokenCounts,
  others: TokenCounts,
  options: ContrastOptions = CONTRAST_DEFAULTS,
): ContrastWords {
  const tokens = [...new Set([...lost.keys(), ...others.keys()])].sort(compareText);
  const first = tokens.map((token) => lost.get(token) ?? 0);
  const second = tokens.map((token) => others.get(token) ?? 0);
  const uses = logOddsDirichlet(first, second, options.strength);
  const ranked = tokens
    .map((token, i) => ({ token, lost: first[i]!, others: second[i]!, ...uses[i]! }))
    .filter((word) => word.lost + word.others >= options.minUses);
  // The sort is stable: equal z keep the order of their texts.
  const words = ranked.filter(({ z }) => z > 0).sort((a, b) => b.z - a.z);
  return { words: words.slice(0, options.top), ranked: ranked.length };
}
