/** The number of a finding with its name, unit and interval: a lift in points must not read as a rate. */

import type { Finding } from '../../../../src/findings/index.ts';
import { countText, measuredText, pointsText } from '../../format/numbers.ts';
import { EstimateText } from '../../ui/Measures.tsx';
import { estimateWords } from './estimate-words.ts';

export function FindingEstimate({
  finding,
}: {
  readonly finding: Pick<Finding, 'check' | 'slice' | 'verdict' | 'reason' | 'estimate'>;
}) {
  const { estimate } = finding;
  if (estimate === null) return null;
  const { name, kind } = estimateWords(finding);
  const text = kind === 'points' ? pointsText : signed;
  return (
    <p className="finding-estimate">
      <span className="muted">{name}:</span>{' '}
      {estimate.estimate === null || kind === 'rate' || kind === 'number' ? (
        <EstimateText of={estimate} unit={kind === 'rate' ? 'rate' : 'number'} />
      ) : (
        <span title={`${estimate.level * 100}% interval, ${estimate.method}`}>
          {text(estimate.estimate)}
          {kind === 'points' ? ' points' : ''}{' '}
          <span className="muted">
            {estimate.lower === null || estimate.upper === null
              ? 'no interval'
              : `${text(estimate.lower)} to ${text(estimate.upper)}`}
            , n&nbsp;{countText(estimate.n)}
          </span>
        </span>
      )}
    </p>
  );
}

function signed(value: number): string {
  return value > 0 ? `+${measuredText(value)}` : measuredText(value);
}
