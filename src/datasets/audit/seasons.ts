/** Topics over time: what production talks about now and the eval set hardly knows. */

import { compareText } from '../../slices/index.ts';
import { type Estimate, wilsonInterval } from '../../stats/index.ts';

/** Rows of production by period and topic, and cases of the eval set by topic. */
export interface TopicTraffic {
  /** Such as `2026-01`, in order of time. */
  readonly periods: readonly string[];
  /** Topic to rows per period. */
  readonly rows: ReadonlyMap<string, readonly number[]>;
  readonly cases: ReadonlyMap<string, number>;
}

/** A topic that production has and the eval set lacks (practice E-4). */
export interface CoverageGap {
  readonly topic: string;
  /** The period in which its share is largest, with that share. */
  readonly period: string;
  readonly share: Estimate;
  readonly cases: number;
  /** Its share of all earlier periods together; estimate null where there is none. */
  readonly before: Estimate;
}

/** Shares of every topic over time, and the gaps. */
export interface SeasonAudit {
  readonly periods: readonly string[];
  readonly totals: readonly number[];
  /** Most rows first. */
  readonly topics: readonly {
    readonly topic: string;
    readonly shares: readonly Estimate[];
    readonly cases: number;
  }[];
  readonly gaps: readonly CoverageGap[];
}

/**
 * A gap is a topic with more than `share` of the traffic of some period and fewer than `minCases` cases.
 *
 * @param share lowest share that matters
 * @param minCases least cases of a topic
 */
export function auditSeasons(
  { periods, rows, cases }: TopicTraffic,
  { share = 0.05, minCases = 20, level = 0.95 } = {},
): SeasonAudit {
  const totals = periods.map((_, at) => [...rows.values()].reduce((sum, counts) => sum + counts[at]!, 0));
  const ordered = [...rows]
    .map(([topic, counts]) => ({ topic, counts, rows: counts.reduce((sum, count) => sum + count, 0) }))
    .toSorted((a, b) => b.rows - a.rows || compareText(a.topic, b.topic));
  const gaps = ordered.flatMap(({ topic, counts }): readonly CoverageGap[] => {
    const own = cases.get(topic) ?? 0;
    if (own >= minCases) return [];
    const at = periods.reduce(
      (best, _, i) => (rateAt(counts, totals, i) > rateAt(counts, totals, best) ? i : best),
      0,
    );
    // A topic with fewer rows than cases are asked for cannot be covered, and may be chance in a young period.
    if (rateAt(counts, totals, at) <= share || counts[at]! < minCases) return [];
    const estimate = wilsonInterval(counts[at]!, totals[at]!, level);
    const earlier = periods.slice(0, at);
    const before = wilsonInterval(
      earlier.reduce((sum, _, i) => sum + counts[i]!, 0),
      earlier.reduce((sum, _, i) => sum + totals[i]!, 0),
      level,
    );
    return [{ topic, period: periods[at]!, share: estimate, cases: own, before }];
  });
  return {
    periods,
    totals,
    topics: ordered.map(({ topic, counts }) => ({
      topic,
      shares: counts.map((count, at) => wilsonInterval(count, totals[at]!, level)),
      cases: cases.get(topic) ?? 0,
    })),
    gaps: gaps.toSorted((a, b) => b.share.estimate! - a.share.estimate! || compareText(a.topic, b.topic)),
  };
}

function rateAt(counts: readonly number[], totals: readonly number[], at: number): number {
  return totals[at] === 0 ? 0 : counts[at]! / totals[at]!;
}
