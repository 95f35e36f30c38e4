/** The past of one case over recorded comparisons: a mark for each, oldest first, and the same in words. */

import type { FailingCase, FlipMark } from '../../../../src/studio/contract/index.ts';
import { countOf, countText, rateText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { STANDINGS } from './review-view.ts';

export function FlipHistory({ of }: { readonly of: Pick<FailingCase, 'history' | 'standing'> }) {
  const { history, standing } = of;
  const { sign, text } = STANDINGS[standing];
  if (history.length === 0) {
    return (
      <p className="muted">
        <span aria-hidden="true">{sign} </span>
        {text}: no earlier comparison in the ledger has this case.
      </p>
    );
  }
  const flips = history.filter(({ before, after }) => before !== after);
  const unchanged = history.filter((mark) => mark.unchanged);
  const noise = flips.filter((mark) => mark.unchanged).length;
  return (
    <div>
      <p className={standing === 'flaky' ? 'standing-flaky' : ''}>
        <span aria-hidden="true">{sign} </span>
        {text}. Flipped in {countText(flips.length)} of {countOf(history.length, 'earlier comparison')}
        {unchanged.length === 0
          ? '; a system was never compared with itself'
          : `; in ${countText(noise)} of the ${countText(unchanged.length)} where nothing had changed`}
        .
      </p>
      <ol className="flip-marks" aria-label="Earlier comparisons, oldest first">
        {history.toReversed().map((mark, i) => (
          <li key={`${mark.at}${i}`} className={`flip-mark ${mark.unchanged ? 'unchanged' : ''}`}>
            <span aria-hidden="true">{signOf(mark)}</span>
            <span className="flip-words">
              {mark.at.slice(0, 10)} <HostileText text={`${mark.baseline} → ${mark.candidate}`} most={60} />:{' '}
              {rateText(mark.before)} → {rateText(mark.after)}
              {mark.unchanged ? ', nothing changed' : ''}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function signOf({ before, after }: FlipMark): string {
  if (before === after) return '=';
  return after < before ? '▼' : '▲';
}
