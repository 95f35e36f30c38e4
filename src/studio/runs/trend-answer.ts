/** Slices over the recorded gates, with everything that must stand in their picture: intervals, verdicts, anchors, breaks. */

import { UsageError } from '../../errors.ts';
import type { HistoryPoint, HistorySeries } from '../../ledger/index.ts';
import type { AnchorMark, TrendAnswer, TrendLine, TrendParams, TrendPoint } from '../contract/index.ts';
import type { StudioSession } from '../session.ts';
import { askLedger } from '../work/session-ledger.ts';
import { isRateMetric } from './run-row.ts';

/** Lines drawn where nobody chose any. */
const UNASKED = 4;
/** Slices offered to choose from. */
const CHOICES = 2_000;

/** @throws UsageError for a slice that no recorded gate among those shown has */
export function trendAnswer({ slices, limit }: TrendParams, session: StudioSession): Promise<TrendAnswer> {
  return askLedger(session, async (ledger) => {
    const { series, gates, slidesByChance } = await ledger.history({ limit });
    const { anchors } = await ledger.gates({ limit: 1 });
    const times = gateTimes(series);
    const places = new Map(times.map(([gateId], place) => [gateId, place]));
    const chosen =
      slices.length === 0 ? unasked(series) : [...new Set(slices)].map((id) => seriesOf(series, id));
    return {
      state: 'recorded',
      lines: chosen.map((one) => trendLine(one, places)),
      choices: series
        .slice(0, CHOICES)
        .map(({ sliceId, metric, dimension, value, role, points, verdict }) => ({
          ...{ sliceId, metric, dimension, value, role },
          ...{ points: points.length, slide: verdict !== null },
        })),
      choicesTotal: series.length,
      gates,
      shown: places.size,
      slidesByChance,
      anchors: placedAnchors(anchors, times),
    };
  });
}

/** Gates with their times, oldest first. */
function gateTimes(series: readonly HistorySeries[]): readonly (readonly [string, string])[] {
  const times = new Map<string, string>();
  for (const { points } of series) for (const { gateId, at } of points) times.set(gateId, at);
  // Points stand in the order of the ledger; a stable sort by time keeps it among equal times.
  return [...times].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The whole, then slides, then what the newest gate put first among gated slices. */
function unasked(series: readonly HistorySeries[]): readonly HistorySeries[] {
  const whole = series.filter(({ role }) => role === 'overall').slice(0, 1);
  const others = series.filter(({ role }) => role === 'gated');
  return [...whole, ...others].slice(0, UNASKED);
}

function seriesOf(series: readonly HistorySeries[], id: string): HistorySeries {
  const found = series.find(({ sliceId }) => sliceId === id);
  if (found === undefined) {
    throw new UsageError({
      message: `no recorded gate shown here has the slice ${JSON.stringify(id.slice(0, 200))}`,
      hint: 'choose another slice, or show more gates',
    });
  }
  return found;
}

function trendLine(series: HistorySeries, places: ReadonlyMap<string, number>): TrendLine {
  const { sliceId, metric, dimension, value, role, direction, drift } = series;
  return {
    ...{ sliceId, metric, dimension, value, role, direction, isRate: isRateMetric(metric) },
    points: series.points.map((point) => trendPoint(point, places)),
    drift: drift && {
      ...{ change: drift.change, basis: drift.basis, slide: drift.slide },
      ...{ from: drift.since.from, at: drift.since.at, reason: drift.since.reason, who: drift.since.who },
    },
  };
}

function trendPoint(point: HistoryPoint, places: ReadonlyMap<string, number>): TrendPoint {
  const { gateId, at, name, unchanged, n, verdict, releaseVerdict, breaks } = point;
  return {
    ...{ gateId, at, name, unchanged, n, verdict, releaseVerdict, breaks },
    ...{ place: places.get(gateId)!, value: point.candidate },
  };
}

/** An anchor stands behind the gates that were recorded before it; those older than what is shown are left out. */
function placedAnchors(
  anchors: readonly AnchorMark[],
  times: readonly (readonly [string, string])[],
): readonly (AnchorMark & { readonly place: number })[] {
  return anchors
    .map((anchor) => ({ ...anchor, place: times.filter(([, at]) => at <= anchor.at).length }))
    .filter(({ place }) => place > 0);
}
