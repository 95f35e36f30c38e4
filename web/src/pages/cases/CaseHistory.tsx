/** What the case did in earlier comparisons: whether its flip is news, or what it always does. */

import type { CaseHistory as History } from '../../../../src/studio/contract/index.ts';
import { countOf, rateText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';

const STANDINGS = {
  new: 'No earlier comparison in the ledger has this case.',
  steady: 'It never flipped before: a flip now is news.',
  moved: 'It flipped before, when something had changed.',
  flaky: 'It flipped although nothing had changed: a flip may be noise of this case.',
} as const;

export function CaseHistory({ history }: { readonly history: History }) {
  if (history.state === 'no ledger') {
    return (
      <p className="muted">There is no ledger, so nothing is known of earlier comparisons. {history.hint}</p>
    );
  }
  const { marks, standing } = history;
  const flips = marks.filter(({ before, after }) => before !== after).length;
  return (
    <>
      <p>
        {STANDINGS[standing]}
        {marks.length > 0 ? ` Flipped in ${flips} of ${countOf(marks.length, 'comparison')}.` : ''}
      </p>
      {marks.length === 0 ? null : (
        <ol className="case-marks">
          {marks.map(({ at, baseline, candidate, before, after, unchanged }, i) => (
            <li key={`${at}${i}`}>
              <time dateTime={at}>{at.slice(0, 16).replace('T', ' ')}</time>{' '}
              <span className={after < before ? 'loss' : after > before ? 'gain' : 'muted'}>
                <span aria-hidden="true">{after < before ? '▼' : after > before ? '▲' : '='} </span>
                {rateText(before)} → {rateText(after)}
              </span>{' '}
              <span className="muted">
                <HostileText text={`${baseline} → ${candidate}`} most={80} />
                {unchanged ? ', nothing had changed' : ''}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
