/** What the number of a finding is, check by check: findings carry an estimate without its unit. */

import type { Finding } from '../../../../src/findings/index.ts';

/** `rate`: a share of 1. `points`: a difference of shares. `change`: a difference of plain numbers. `number`: a plain number. */
export type EstimateKind = 'rate' | 'points' | 'change' | 'number';

export interface EstimateWords {
  readonly name: string;
  readonly kind: EstimateKind;
}

type Told = Pick<Finding, 'check' | 'slice' | 'verdict' | 'reason' | 'estimate'>;

const WORDS: Readonly<Record<string, (told: Told) => EstimateWords>> = {
  'class-recall': ({ verdict }) => ({
    name: verdict === null ? 'Accuracy after' : 'Recall of the class after',
    kind: 'rate',
  }),
  'confusion-pairs': ({ verdict }) => ({
    name:
      verdict === null
        ? 'Change of the most frequent one, as a share of its class'
        : 'Change of its share of the class',
    kind: 'points',
  }),
  'trivial-baselines': () => ({ name: 'Lift over the trivial answer', kind: 'points' }),
  'wrong-dimension': () => ({ name: 'Share of the differences that it explains', kind: 'rate' }),
  'shift-splits': () => ({ name: 'Drop to expect of the next one', kind: 'points' }),
  'equal-dimensions': () => ({ name: 'Gap', kind: 'points' }),
  'cost-ranking': () => ({ name: 'Change of the cost per 1,000 cases', kind: 'change' }),
  'proper-scores': ({ slice, reason }) => {
    if (slice !== null) return { name: 'Promised minus true', kind: 'points' };
    return reason.includes('(change ')
      ? { name: 'Change of the Brier score', kind: 'change' }
      : { name: 'Brier score', kind: 'number' };
  },
  'win-or-noise': (told) => ({ name: 'Change of the mean', kind: isShare(told) ? 'points' : 'change' }),
};

/**
 * The name and unit of a finding's estimate; of a check that is not known here, only whether it lies within one.
 *
 * @example estimateWords(trivialBaselines) // { name: 'Lift over the trivial answer', kind: 'points' }
 */
export function estimateWords(told: Told): EstimateWords {
  const words = Object.hasOwn(WORDS, told.check) ? WORDS[told.check] : undefined;
  return words?.(told) ?? { name: 'Estimate', kind: isShare(told) ? 'rate' : 'number' };
}

function isShare({ estimate }: Told): boolean {
  return [estimate?.estimate, estimate?.lower, estimate?.upper].every(
    (value) => value === null || value === undefined || Math.abs(value) <= 1,
  );
}
