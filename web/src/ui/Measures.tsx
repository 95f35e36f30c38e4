/** Numbers with what they rest on: a rate is never shown without n and its interval. */

import type { Estimate } from '../../../src/stats/index.ts';
import { countText, intervalText, measuredText, pointsText, rateText } from '../format/numbers.ts';
import { toneOfChange } from '../format/tone.ts';

/** Which unit an estimate has. */
export type Unit = 'rate' | 'number';

/** An estimate, its interval and n; an undefined one says why. */
export function EstimateText({ of, unit = 'rate' }: { readonly of: Estimate | null; readonly unit?: Unit }) {
  if (of === null) return <span className="muted">–</span>;
  if (of.estimate === null) return <span className="muted">{of.reason ?? 'undefined'}</span>;
  const interval =
    unit === 'rate' || of.lower === null
      ? intervalText(of)
      : `${measuredText(of.lower)} to ${measuredText(of.upper)}`;
  return (
    <span className="estimate" title={`${of.level * 100}% interval, ${of.method}, n = ${countText(of.n)}`}>
      {unit === 'rate' ? rateText(of.estimate) : measuredText(of.estimate)}{' '}
      <span className="muted interval">{interval}</span>{' '}
      <span className="muted">
        n&nbsp;{countText(of.n)}
        {of.method.startsWith('cluster') ? ' clusters' : ''}
      </span>
    </span>
  );
}

/** A difference of plain numbers. @example signedText(2) // '+2' */
function signedText(value: number | null): string {
  return value !== null && value > 0 ? `+${measuredText(value)}` : measuredText(value);
}

/** A difference with its sign, coloured where its interval leaves out zero. */
export function DeltaText({
  of,
  unit = 'rate',
  higherIsBetter = true,
}: {
  readonly of: Estimate | null;
  readonly unit?: Unit;
  readonly higherIsBetter?: boolean;
}) {
  if (of === null || of.estimate === null) return <span className="muted">–</span>;
  const tone = toneOfChange(of, higherIsBetter);
  const text = unit === 'rate' ? pointsText : signedText;
  return (
    <span className={`delta ${tone}`} title={`${of.level * 100}% interval, ${of.method}`}>
      {text(of.estimate)}{' '}
      <span className="muted interval">
        {of.lower === null || of.upper === null ? 'no interval' : `${text(of.lower)} to ${text(of.upper)}`}
      </span>
    </span>
  );
}
