/** The answer: one word, one sentence, what it means for the release, and how far to believe it. */

import { Link } from '@tanstack/react-router';
import type { Verdict } from '../../../../src/findings/index.ts';
import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { countOf } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';

/** What a verdict means to who has never seen one. */
const MEANING: Readonly<
  Record<Verdict, { readonly head: string; readonly tone: string; readonly sign: string }>
> = {
  PASS: { head: 'Ship it', tone: 'good', sign: '✓' },
  BLOCK: { head: 'Do not ship', tone: 'bad', sign: '■' },
  REVIEW: { head: 'Look before you ship', tone: 'warn', sign: '◆' },
  INVALID: { head: 'This comparison cannot be trusted', tone: 'bad', sign: '▲' },
  UNTESTED: { head: 'Not tested', tone: 'warn', sign: '○' },
  STALE: { head: 'Out of date', tone: 'warn', sign: '◔' },
  'LOW-N': { head: 'Too few cases', tone: 'warn', sign: '·' },
  DEBT: { head: 'Known debt', tone: 'warn', sign: '§' },
};

export function Answer({ answer }: { readonly answer: ReleaseAnswer }) {
  const { verdict, ship, belief, waived } = answer;
  const { head, tone, sign } = MEANING[verdict];
  const sentence = ship.replace(/^[A-Z-]+(?: with \d+ waivers?)?: /, '');
  return (
    <header className={`answer ${tone}`}>
      <div className="answer-word">
        <span className="answer-sign" aria-hidden="true">
          {sign}
        </span>
        <div>
          <h1>{head}</h1>
          <p className="answer-verdict">
            {verdict}
            {waived > 0 ? ` with ${countOf(waived, 'waiver')}` : ''}
          </p>
        </div>
      </div>
      <div>
        <p className="answer-sentence">
          <HostileText text={sentence} most={800} />
        </p>
        <p className="muted">
          <HostileText text={belief} most={600} />
        </p>
      </div>
      {verdict === 'BLOCK' || verdict === 'REVIEW' ? (
        <Link className="button primary answer-review" to="/review">
          Review in ten minutes
        </Link>
      ) : null}
    </header>
  );
}
