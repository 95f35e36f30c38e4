/** The release verdict is the worst verdict that decides. */

import { VERDICTS, type Verdict } from '../findings/index.ts';
import type { ExitCode } from './report.ts';

/** Verdicts that take part in the release, worst first. */
const DECIDING: readonly Verdict[] = VERDICTS.filter((verdict) => verdict !== 'LOW-N' && verdict !== 'DEBT');

/**
 * Worst of the deciding verdicts; LOW-N and DEBT take no part. Nothing that decides is INVALID: nothing was gated.
 *
 * @example rollUp(['PASS', 'REVIEW', 'LOW-N']) // 'REVIEW'
 */
export function rollUp(verdicts: readonly Verdict[]): Verdict {
  return DECIDING.find((verdict) => verdicts.includes(verdict)) ?? 'INVALID';
}

/** Exit code of a release verdict: 0 pass, 1 block, 3 review, 4 nothing established. */
export function exitCodeOf(verdict: Verdict): ExitCode {
  switch (verdict) {
    case 'PASS':
      return 0;
    case 'BLOCK':
      return 1;
    case 'REVIEW':
      return 3;
    default:
      return 4;
  }
}
