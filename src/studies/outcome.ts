/** What a judged release comes to, by cause. */

import type { SliceEvidence } from '../evidence/index.ts';
import type { Judgement } from '../gate/index.ts';

/**
 * What a release comes to as far as slices decide it. `critical`: nothing but critical slices without evidence either way hold
 * it up. `nothing`: no slice had enough cases.
 */
export type Outcome = 'BLOCK' | 'REVIEW' | 'critical' | 'PASS' | 'nothing';

/** Why a slice blocks or calls for review. */
export type Cause = 'loss' | 'floor';

/** One slice that blocks or calls for review. */
export interface Alarm {
  readonly slice: SliceEvidence;
  readonly verdict: 'BLOCK' | 'REVIEW';
  readonly cause: Cause;
}

/** The worst of the slices, with all of their alarms. */
export interface ReleaseOutcome {
  readonly outcome: Outcome;
  readonly alarms: readonly Alarm[];
}

/** Reads a judgement; reviews for want of evidence are told apart from suspicions. */
export function outcomeOf({ decisions }: Judgement): ReleaseOutcome {
  const alarms: Alarm[] = [];
  let undecidedCritical = false;
  let decided = false;
  for (const [slice, { verdict, cause }] of decisions) {
    if ((verdict === 'BLOCK' || verdict === 'REVIEW') && cause !== null)
      alarms.push({ slice, verdict, cause });
    else if (verdict === 'REVIEW' || verdict === 'UNTESTED') undecidedCritical = true;
    if (verdict !== 'LOW-N' && verdict !== 'DEBT') decided = true;
  }
  if (alarms.some(({ verdict }) => verdict === 'BLOCK')) return { outcome: 'BLOCK', alarms };
  if (alarms.length > 0) return { outcome: 'REVIEW', alarms };
  if (undecidedCritical) return { outcome: 'critical', alarms };
  return { outcome: decided ? 'PASS' : 'nothing', alarms };
}
