/** How the outcome of slices reads. */

import type { PolicyTrial } from '../../../../src/studio/contract/index.ts';

const TEXTS: Readonly<Record<PolicyTrial['outcome'], string>> = {
  BLOCK: 'BLOCK',
  REVIEW: 'REVIEW',
  PASS: 'PASS',
  critical: 'REVIEW, a critical slice has no evidence either way',
  nothing: 'nothing is tested',
};

/** @example outcomeText('nothing') // 'nothing is tested' */
export function outcomeText(outcome: PolicyTrial['outcome']): string {
  return TEXTS[outcome];
}
