/** The scale of the small intervals: the same for all dimensions, and still while the filter moves. */

import type { ExploreBars, ExploreShow, MetricReading } from '../../../../src/studio/contract/index.ts';
import { pointsText, rateText, valueText } from '../../format/numbers.ts';

/** From a value to a place in percent, with what reads beside it. */
export interface FigureScale {
  readonly low: number;
  readonly high: number;
  /** Where nothing changed, or the rate of all cases. */
  readonly mark: number | null;
  readonly text: (value: number | null) => string;
}

/** Values with fewer cases do not stretch the scale. */
const STEADY = 20;

/** Length of the scale beyond the furthest estimate, and the least share that the quieter side of no change has of the other. */
const ROOM = 1.2;
const LEAST_SIDE = 0.3;

/**
 * @param bars without any filter, and without those of the outcome, which explains itself
 * @param overall what is shown, of all cases
 */
export function figureScale(
  bars: readonly ExploreBars[],
  show: ExploreShow,
  metric: MetricReading,
  overall: number | null,
): FigureScale {
  const text = metric.isRate
    ? show === 'delta'
      ? pointsText
      : rateText
    : show === 'delta'
      ? signed
      : valueText;
  if (metric.isRate && show !== 'delta') return { low: 0, high: 1, mark: overall, text };
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { cases, estimate } of bars) {
    cases.forEach((n, i) => {
      if (n < STEADY || estimate[i] === null) return;
      least = Math.min(least, estimate[i]!);
      most = Math.max(most, estimate[i]!);
    });
  }
  if (show === 'delta') {
    const reach = Math.max(Math.abs(least), Math.abs(most));
    if (!(Number.isFinite(reach) && reach > 0)) {
      const half = metric.isRate ? 0.1 : 1;
      return { low: -half, high: half, mark: 0, text };
    }
    // Room for the intervals, and for both ways; intervals of small values are cut off at the ends.
    const side = (furthest: number) => ROOM * Math.max(furthest, reach * LEAST_SIDE);
    return { low: -side(-least), high: side(most), mark: 0, text };
  }
  if (!(most > least)) return { low: (overall ?? 0) - 1, high: (overall ?? 0) + 1, mark: overall, text };
  return { low: least, high: most, mark: overall, text };
}

function signed(value: number | null): string {
  return value !== null && value > 0 ? `+${valueText(value)}` : valueText(value);
}

/** The place of a value between 0 and 100; what lies beyond an end stands at it. */
export function placeOf({ low, high }: FigureScale, value: number): number {
  return Math.max(0, Math.min(100, ((value - low) / (high - low)) * 100));
}
