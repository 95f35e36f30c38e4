/** The baselines of a report as values of a spreadsheet: the score of the baseline, that of the new run, and the lift between them. */

import type { Compared } from '../../classes/index.ts';
import type { TrivialLift } from '../../models/index.ts';
import type { Estimate } from '../../stats/index.ts';
import type { ReportedBaselines } from '../report/baseline-report.ts';
import type { NamedKey } from '../report/named.ts';

/** One row: the metric names what the new run stands beside; `slice` null is all cases. */
export interface BaselineValue {
  readonly slice: NamedKey | null;
  readonly metric: string;
  readonly n: number;
  readonly value: Compared;
}

/** All cases first, then slices, then the configured baselines, whose cases may be fewer. */
export function baselineValues(baselines: ReportedBaselines | null): readonly BaselineValue[] {
  if (baselines?.kind !== 'compared') return [];
  const { metric, overall, slices, others } = baselines;
  return [
    ...liftValues(metric, null, overall),
    ...slices.flatMap(({ lift, ...slice }) => liftValues(metric, slice, lift)),
    ...others.map(({ name, score, lift }) => ({
      slice: null,
      metric: `${metric} over baseline ${name}`,
      n: lift.n,
      // The score of the new run on the cases that both have is that of the baseline and the lift.
      value: { baseline: score, candidate: bare(sumOf(score, lift), lift), delta: lift, pValue: null },
    })),
  ];
}

function liftValues(
  metric: string,
  slice: NamedKey | null,
  { n, model, baselines, lift }: TrivialLift,
): readonly BaselineValue[] {
  return baselines.map(({ name, guess, score }) => ({
    slice,
    metric: `${metric} over ${guess.length > 0 ? 'the best constant answer' : `${name} answers`}`,
    n,
    value: {
      baseline: bare(score, model),
      candidate: model,
      delta: guess.length > 0 ? lift : null,
      pValue: null,
    },
  }));
}

function sumOf(score: Estimate, lift: Estimate): number | null {
  return score.estimate === null || lift.estimate === null ? null : score.estimate + lift.estimate;
}

/** A number without an interval of its own. */
function bare(estimate: number | null, { level, n }: Estimate): Estimate {
  return { estimate, lower: null, upper: null, level, method: 'exact', n };
}
