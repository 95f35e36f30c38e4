/** A verdict as a word with a shape of its own, so that colour is never alone. */

import type { Grade, Verdict } from '../../../src/findings/index.ts';

const LOOKS: Readonly<Record<Verdict, { readonly sign: string; readonly tone: string }>> = {
  BLOCK: { sign: '■', tone: 'bad' },
  INVALID: { sign: '▲', tone: 'bad' },
  UNTESTED: { sign: '○', tone: 'warn' },
  STALE: { sign: '◔', tone: 'warn' },
  REVIEW: { sign: '◆', tone: 'warn' },
  PASS: { sign: '✓', tone: 'good' },
  'LOW-N': { sign: '·', tone: 'plain' },
  DEBT: { sign: '§', tone: 'plain' },
};

/** A pass that nothing established must not look like one that was shown. */
const UNDECIDED = { sign: '?', tone: 'plain' };

/** Null reads as shown, not gated. Give the grade wherever a slice is shown: a pass can be undecided. */
export function VerdictBadge({
  verdict,
  grade = null,
}: {
  readonly verdict: Verdict | null;
  readonly grade?: Grade | null;
}) {
  if (verdict === null) return <span className="badge plain">shown</span>;
  const { sign, tone } = verdict === 'PASS' && grade === 'undecided' ? UNDECIDED : LOOKS[verdict];
  return (
    <span className={`badge ${tone}`}>
      <span aria-hidden="true">{sign} </span>
      {verdict}
      {grade === null ? null : <span className="badge-grade"> {grade}</span>}
    </span>
  );
}
