/** One estimate as a dot with its interval, on a scale that all of its neighbours share. */

import { memo } from 'react';
import type { Tone } from '../../format/tone.ts';
import { type FigureScale, placeOf } from './figure-scale.ts';

export interface IntervalMarkProps {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly scale: FigureScale;
  /** Whether the interval lies wholly on the bad or on the good side. */
  readonly tone: Tone;
}

/** The words stand beside it: this is for the eye alone. */
export const IntervalMark = memo(function IntervalMark({
  estimate,
  lower,
  upper,
  scale,
  tone,
}: IntervalMarkProps) {
  const mark = scale.mark === null ? null : placeOf(scale, scale.mark);
  return (
    <span className={`interval-mark ${tone}`} aria-hidden="true">
      {mark === null ? null : <i className="zero" style={{ left: `${mark}%` }} />}
      {estimate === null ? null : (
        <>
          {lower === null || upper === null ? null : (
            <i
              className="reach"
              style={{
                left: `${placeOf(scale, lower)}%`,
                width: `${placeOf(scale, upper) - placeOf(scale, lower)}%`,
              }}
            />
          )}
          <i className="at" style={{ left: `${placeOf(scale, estimate)}%` }} />
        </>
      )}
    </span>
  );
});
