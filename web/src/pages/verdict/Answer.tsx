/** The answer: one word, one sentence, what it means for the release, and how far to believe it. */

import { Link } from '@tanstack/react-router';
import type { Verdict } from '../../../../src/findings/index.ts';
import type { ReleaseAnswer } from '../../../../src/studio/contract/index.ts';
import { useStudio } from '../../data/hooks.ts';
import { useHasPage } from '../../data/use-has-page.ts';
import { countOf, countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { decidedText } from '../review/review-view.ts';

/** Each verdict has a shape of its own, drawn, so that no font can lack it. */
const SIGNS = {
  square: 'M4 4 H20 V20 H4 Z',
  diamond: 'M12 2 L22 12 L12 22 L2 12 Z',
  triangle: 'M12 3 L22 21 H2 Z',
  tick: 'M3 13 L6 10 L10 14 L19 4 L22 7 L10 20 Z',
  ring: 'M12 2 A10 10 0 1 0 12 22 A10 10 0 1 0 12 2 M12 6 A6 6 0 1 1 12 18 A6 6 0 1 1 12 6',
} as const;

interface Meaning {
  readonly head: string;
  readonly tone: string;
  readonly sign: keyof typeof SIGNS;
}

/** What a verdict means to who has never seen one. */
const MEANING: Readonly<Record<Verdict, Meaning>> = {
  PASS: { head: 'Ship it', tone: 'good', sign: 'tick' },
  BLOCK: { head: 'Do not ship', tone: 'bad', sign: 'square' },
  REVIEW: { head: 'Look before you ship', tone: 'warn', sign: 'diamond' },
  INVALID: { head: 'This comparison cannot be trusted', tone: 'bad', sign: 'triangle' },
  UNTESTED: { head: 'Not tested', tone: 'warn', sign: 'ring' },
  STALE: { head: 'Out of date', tone: 'warn', sign: 'ring' },
  'LOW-N': { head: 'Too few cases', tone: 'warn', sign: 'ring' },
  DEBT: { head: 'Known debt', tone: 'warn', sign: 'ring' },
};

export function Answer({ answer }: { readonly answer: ReleaseAnswer }) {
  const { verdict, ship, belief, waived } = answer;
  const { head, tone, sign } = meaningOf(answer);
  const hasReview = useHasPage('/review');
  const sentence = ship.replace(/^[A-Z-]+(?: with \d+ waivers?)?: /, '');
  return (
    <header className={`answer ${tone}`}>
      <div className="answer-word">
        <svg className="answer-sign" viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
          <path d={SIGNS[sign]} />
        </svg>
        <div>
          <h1>{head}</h1>
          <p className="answer-verdict">
            {verdict}
            {waived.total > 0 ? ` with ${countOf(waived.total, 'waiver')}` : ''}
          </p>
        </div>
      </div>
      <div>
        <p className="answer-sentence">
          <HostileText sentence text={sentence} most={800} />
        </p>
        <p className="muted">
          <HostileText sentence text={belief} most={600} />
        </p>
      </div>
      {hasReview && (verdict === 'BLOCK' || verdict === 'REVIEW' || waived.total > 0) ? <ReviewLink /> : null}
    </header>
  );
}

/** Says what people decided since the gate ran: the verdict, which a gate gives, does not know it yet. */
function ReviewLink() {
  const { data } = useStudio('review', { item: '' });
  const decided = (data?.fallen ?? []).filter((item) => decidedText(item) !== null).length;
  return (
    <Link className="button primary answer-review" to="/review">
      {data === undefined || decided === 0
        ? 'Review in ten minutes'
        : `Review: ${countText(decided)} of ${countText(data.fallenTotal)} decided`}
    </Link>
  );
}

/** A pass in spite of a loss says so; one that rests on slices that could not show a loss is no advice to ship. */
function meaningOf({ verdict, counts, waived }: ReleaseAnswer): Meaning {
  const meaning = MEANING[verdict];
  if (verdict !== 'PASS') return meaning;
  if (waived.total > 0) return { ...meaning, head: 'Passes by exception', tone: 'warn' };
  return counts.undecided * 2 > counts.gatedSlices ? { ...meaning, head: 'No loss shown' } : meaning;
}
