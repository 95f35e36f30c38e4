/** What other thresholds would have done: precision, recall, false alarms and cost at each of them. */

import type { ErrorCosts, ScoreGroups } from '../../stats/index.ts';
import type { SweepPoint, ThresholdSweep } from './probability-report.ts';

/** Thresholds that every sweep shows. */
const GRID = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95] as const;

/**
 * Sweeps the threshold from which a case is called positive. The best of all distinct scores stands among the grid: the cheapest
 * where costs are known, else the one with the highest F1.
 *
 * @returns null where there are no cases of one of the two kinds
 */
export function thresholdSweep(groups: ScoreGroups, costs: ErrorCosts | null): ThresholdSweep | null {
  const { scores, eventTotal, otherTotal } = groups;
  if (eventTotal === 0 || otherTotal === 0) return null;
  const worth = ({ cost, f1 }: SweepPoint) => (costs === null ? (f1 ?? 0) : -(cost ?? 0));
  let best: SweepPoint | null = null;
  const hits = { events: 0, others: 0 };
  const grid = new Map<number, SweepPoint>();
  let open = GRID.length - 1;
  for (let g = scores.length - 1; g >= 0; g--) {
    // A threshold of the grid above this score takes what was counted so far.
    for (; open >= 0 && GRID[open]! > scores[g]!; open--) {
      const point = pointOf(GRID[open]!, hits, groups, costs);
      grid.set(GRID[open]!, point);
      // Above every score nothing is called positive, which no score stands for.
      if (best === null || worth(point) > worth(best)) best = point;
    }
    hits.events += groups.events[g]!;
    hits.others += groups.others[g]!;
    const point = pointOf(scores[g]!, hits, groups, costs);
    if (best === null || worth(point) > worth(best)) best = point;
  }
  for (; open >= 0; open--) grid.set(GRID[open]!, pointOf(GRID[open]!, hits, groups, costs));
  const points = [...grid.values()].filter(({ threshold }) => threshold !== best?.threshold);
  return {
    points: [...points, ...(best === null ? [] : [best])].toSorted((a, b) => a.threshold - b.threshold),
    best,
    by: costs === null ? 'f1' : 'cost',
  };
}

function pointOf(
  threshold: number,
  { events, others }: { readonly events: number; readonly others: number },
  { eventTotal, otherTotal }: ScoreGroups,
  costs: ErrorCosts | null,
): SweepPoint {
  const called = events + others;
  return {
    threshold,
    precision: called === 0 ? null : events / called,
    recall: events / eventTotal,
    f1: (2 * events) / (eventTotal + called),
    falseAlarmRate: others / otherTotal,
    cost:
      costs === null
        ? null
        : (1000 * (costs.miss * (eventTotal - events) + costs.falseAlarm * others)) /
          (eventTotal + otherTotal),
  };
}
