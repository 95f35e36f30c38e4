/** Counts what one rule did with unchanged releases, and with releases that have a planted loss. */

import type { SliceEvidence } from '../../evidence/index.ts';
import { sliceId } from '../../slices/index.ts';
import type { RuleVerdict } from './rules.ts';

/** The record of one rule so far. */
export class RuleTally {
  blocks = 0;
  reviews = 0;
  readonly caughtBy: { blocked: number; flagged: number }[];

  constructor(targets: number) {
    this.caughtBy = Array.from({ length: targets }, () => ({ blocked: 0, flagged: 0 }));
  }

  unchanged({ verdict }: RuleVerdict): void {
    if (verdict === 'BLOCK') this.blocks++;
    if (verdict === 'REVIEW') this.reviews++;
  }

  /** A rule that names slices catches the loss when it names the slice that has it; another, when it blocks. */
  planted(at: number, { verdict, blocked, reviewed }: RuleVerdict, target: SliceEvidence): void {
    const id = sliceId('', target.key);
    const names = (slices: readonly SliceEvidence[]) => slices.some(({ key }) => sliceId('', key) === id);
    const isBlocked = blocked === null ? verdict === 'BLOCK' : names(blocked);
    if (isBlocked) this.caughtBy[at].blocked++;
    if (isBlocked || names(reviewed)) this.caughtBy[at].flagged++;
  }
}
