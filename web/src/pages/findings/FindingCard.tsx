/** One finding: what is wrong, what to do, which cases show it, and how far the check itself can be trusted. */

import { Link } from '@tanstack/react-router';
import type { ToldFinding } from '../../../../src/studio/contract/index.ts';
import { countText } from '../../format/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { VerdictBadge } from '../../ui/VerdictBadge.tsx';
import { FindingEstimate } from './FindingEstimate.tsx';

/** Case ids named before the link to all. */
const NAMED = 5;

export function FindingCard({ told: { finding, sliceId, waived } }: { readonly told: ToldFinding }) {
  const { check, verdict, slice, reason, remedy, evidence, evidenceTotal } = finding;
  const limits = [
    ['How often it errs', finding.errorFamily],
    ['What it cannot see', finding.hides],
    ['Method', finding.method],
    ['Source', finding.source],
  ] as const;
  return (
    <article className="finding">
      <h3>
        {verdict === null ? <span className="badge plain">notice</span> : <VerdictBadge verdict={verdict} />}{' '}
        {check}
        {waived ? <span className="badge plain">waived</span> : null}
        {slice === null ? null : (
          <span className="finding-slice">
            {' '}
            {sliceId === null ? (
              <HostileText text={slice} most={120} />
            ) : (
              <Link to="/slices" search={{ slice: sliceId } as never}>
                <HostileText text={slice} most={120} />
              </Link>
            )}
          </span>
        )}
      </h3>
      <p>
        <HostileText sentence text={reason} most={800} />
      </p>
      <FindingEstimate finding={finding} />
      {remedy === null ? null : (
        <p className="finding-remedy">
          <strong>To do:</strong> <HostileText sentence text={remedy} most={800} />
        </p>
      )}
      {evidence.length === 0 ? null : (
        <p>
          <span className="muted">Cases:</span>{' '}
          {evidence.slice(0, NAMED).map((id, i) => (
            <span key={id}>
              {i === 0 ? '' : ', '}
              <Link to="/cases" search={{ case: id } as never}>
                <HostileText text={id} most={60} />
              </Link>
            </span>
          ))}
          {evidenceTotal > NAMED ? (
            <>
              {' '}
              <Link to="/cases" search={{ ids: evidence } as never}>
                {evidenceTotal > evidence.length
                  ? `the first ${countText(evidence.length)} of ${countText(evidenceTotal)}`
                  : `all ${countText(evidenceTotal)}`}
              </Link>
            </>
          ) : null}
        </p>
      )}
      <details>
        <summary>How far to trust this check</summary>
        <dl className="facts">
          {limits.map(([name, text]) =>
            text === null ? null : (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <HostileText text={text} most={400} />
                </dd>
              </div>
            ),
          )}
        </dl>
      </details>
    </article>
  );
}
