/** Metrics that are functions of sums over cases, with paired bootstrap intervals: one drawing of cases serves all of them. */

import type { Compared } from '../../classes/index.ts';
import { type BootstrapEstimate, createRandom, type Estimate, replicateInterval } from '../../stats/index.ts';

/** Sums over cases for each run, and the metrics that are functions of them. */
export interface SummedCases {
  /** Per run: one array per sum, one value per case. */
  readonly baseline: readonly Float64Array[] | null;
  readonly candidate: readonly Float64Array[];
  /** Cluster code per case; null where cases stand alone. */
  readonly cluster: Int32Array | null;
}

/** A metric of the sums of some cases; null where it is undefined. */
export type SumMetric = (sums: Float64Array) => number | null;

/** Random draws in one slice, over all resamples: enough for 2,000 resamples of 10,000 cases. */
const MOST_DRAWS = 20_000_000;
const FEWEST_RESAMPLES = 200;
const MOST_RESAMPLES = 2_000;

/** How intervals are made. */
export interface CaseBootstrapOptions {
  readonly level: number;
  readonly seed: number;
  /** Resamples at most; 2,000 unless told. */
  readonly most?: number;
}

/**
 * Estimates of every metric on some of the cases: percentile intervals over resampled cases (whole clusters where there are any),
 * the same cases for both runs. Large slices are resampled less often, never fewer than 200 times.
 *
 * @param members places of the cases in the arrays
 */
export function bootstrapCases(
  cases: SummedCases,
  members: ArrayLike<number>,
  metrics: readonly SumMetric[],
  { level, seed, most = MOST_RESAMPLES }: CaseBootstrapOptions,
): readonly Compared[] {
  const sums = cases.candidate.length;
  const isPaired = cases.baseline !== null;
  const units = unitsOf(cases, members);
  const width = isPaired ? 2 * sums : sums;
  const n = units.length / Math.max(1, width);
  const whole = totalOf(units, width);
  const valuesOf = (totals: Float64Array) => {
    const candidate = totals.subarray(0, sums);
    const baseline = isPaired ? totals.subarray(sums) : null;
    return metrics.map((metric) => {
      const after = metric(candidate);
      const before = baseline === null ? null : metric(baseline);
      return { after, before, delta: before === null || after === null ? null : after - before };
    });
  };
  const resamples = n === 0 ? 0 : Math.max(FEWEST_RESAMPLES, Math.min(most, Math.floor(MOST_DRAWS / n)));
  const drawn: ReturnType<typeof valuesOf>[] = [];
  const totals = new Float64Array(width);
  for (let replicate = 0; replicate < resamples; replicate++) {
    const random = createRandom(seed, replicate);
    totals.fill(0);
    for (let i = 0; i < n; i++) {
      const from = random.nextBelow(n) * width;
      for (let s = 0; s < width; s++) totals[s]! += units[from + s]!;
    }
    drawn.push(valuesOf(totals));
  }
  const interval = (estimate: number | null, replicates: readonly (number | null)[]): Estimate =>
    plain(replicateInterval({ estimate, replicates, n, level, method: 'percentile' }));
  return valuesOf(whole).map(({ after, before, delta }, m) => ({
    candidate: interval(
      after,
      drawn.map((one) => one[m]!.after),
    ),
    baseline: isPaired
      ? interval(
          before,
          drawn.map((one) => one[m]!.before),
        )
      : null,
    delta: isPaired
      ? interval(
          delta,
          drawn.map((one) => one[m]!.delta),
        )
      : null,
    pValue: null,
  }));
}

/** Values of the units that are drawn, unit by unit: sums of the candidate, then of the baseline. */
function unitsOf({ baseline, candidate, cluster }: SummedCases, members: ArrayLike<number>): Float64Array {
  const arrays = [...candidate, ...(baseline ?? [])];
  const width = arrays.length;
  const unitOf = new Map<number, number>();
  const places = Array.from(members, (member, i) => {
    const key = cluster === null ? i : cluster[member]!;
    const known = unitOf.get(key);
    if (known !== undefined) return known;
    unitOf.set(key, unitOf.size);
    return unitOf.size - 1;
  });
  const units = new Float64Array(unitOf.size * width);
  for (let i = 0; i < members.length; i++) {
    for (let s = 0; s < width; s++) units[places[i]! * width + s]! += arrays[s]![members[i]!]!;
  }
  return units;
}

function totalOf(units: Float64Array, width: number): Float64Array {
  const totals = new Float64Array(width);
  for (let i = 0; i < units.length; i++) totals[i % width]! += units[i]!;
  return totals;
}

/** The estimate without what the bootstrap says about itself. */
function plain({ estimate, lower, upper, level, method, n, reason }: BootstrapEstimate): Estimate {
  return {
    estimate,
    lower,
    upper,
    level,
    method: `bootstrap ${method}`,
    n,
    ...(reason === undefined ? {} : { reason }),
  };
}
