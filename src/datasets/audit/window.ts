/** Whether the eval set was taken in a quiet hour: its hours and weekdays against those of the traffic. */

import { createRandom, multinomialDraw } from '../../stats/index.ts';

/** Over half the sample in hours with under a fifth of the traffic is an alarm (practice E-3). */
const SAMPLE_SHARE = 0.5;
const TRAFFIC_SHARE = 0.2;

/** Chance that a sample that follows traffic looks as lopsided; alarms need less. */
const ALARM_P = 0.01;
const DRAWS = 2_000;

/** Counts by bucket; both sides have the same buckets in the same order. */
export interface Mix {
  readonly buckets: readonly string[];
  readonly sample: readonly number[];
  readonly traffic: readonly number[];
  /** Sum of a value such as revenue over the traffic of each bucket, where there is one. */
  readonly value: readonly number[] | null;
}

/** What the mix shows. */
export interface WindowAudit {
  readonly mix: Mix;
  /** The buckets that hold most of the sample for under a fifth of the traffic. */
  readonly quiet: readonly string[];
  readonly sampleShare: number;
  readonly trafficShare: number;
  /** Share of the value (revenue) in these buckets; null where there is none. */
  readonly valueShare: number | null;
  /** Chance of a sample share as large where the sample follows the traffic; by simulation, with a fixed seed. */
  readonly p: number;
  readonly alarm: boolean;
}

/**
 * Looks for buckets in which the sample lies although little happens there. With a value (revenue) the share of traffic is
 * weighed by it as well: the alarm is raised if either share is under a fifth.
 *
 * @param seed of the simulation
 * @returns null where either side has no timed rows
 */
export function auditWindow(mix: Mix, seed = 1): WindowAudit | null {
  const sample = total(mix.sample);
  const traffic = total(mix.traffic);
  if (sample === 0 || traffic === 0) return null;
  const byTraffic = findQuiet(mix, mix.traffic, sample, seed);
  const byValue =
    mix.value === null || total(mix.value) <= 0 ? null : findQuiet(mix, mix.value, sample, seed);
  const found = byValue?.alarm && !byTraffic.alarm ? byValue : byTraffic;
  const share = (counts: readonly number[]): number =>
    found.quiet.reduce((sum, at) => sum + counts[at]!, 0) / total(counts);
  return {
    mix,
    quiet: found.quiet.map((at) => mix.buckets[at]!),
    sampleShare: share(mix.sample),
    trafficShare: share(mix.traffic),
    valueShare: mix.value === null || total(mix.value) <= 0 ? null : share(mix.value),
    p: found.p,
    alarm: found.alarm,
  };
}

interface Quiet {
  readonly quiet: readonly number[];
  readonly p: number;
  readonly alarm: boolean;
}

function findQuiet(mix: Mix, weights: readonly number[], size: number, seed: number): Quiet {
  const all = total(weights);
  const shares = weights.map((weight) => Math.max(0, weight) / all);
  const quiet = quietBuckets(mix.sample, shares);
  const observed = shareIn(mix.sample, quiet, size);
  if (observed <= SAMPLE_SHARE) return { quiet, p: 1, alarm: false };
  const random = createRandom(seed);
  const drawn = new Float64Array(mix.sample.length);
  let atLeast = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    multinomialDraw(random, size, shares, drawn);
    if (shareIn(drawn, quietBuckets(drawn, shares), size) >= observed) atLeast += 1;
  }
  const p = (atLeast + 1) / (DRAWS + 1);
  return { quiet: fewest(mix.sample, quiet, size), p, alarm: p <= ALARM_P };
}

/** Buckets with most of the sample per traffic, as long as their traffic stays under a fifth; in order of the buckets. */
function quietBuckets(sample: ArrayLike<number>, shares: readonly number[]): number[] {
  const ordered = [...shares.keys()]
    .filter((at) => sample[at]! > 0)
    .toSorted(
      (a, b) => sample[b]! * shares[a]! - sample[a]! * shares[b]! || sample[b]! - sample[a]! || a - b,
    );
  const taken: number[] = [];
  let traffic = 0;
  for (const at of ordered) {
    if (traffic + shares[at]! >= TRAFFIC_SHARE) continue;
    traffic += shares[at]!;
    taken.push(at);
  }
  return taken.toSorted((a, b) => a - b);
}

/** As many of these buckets, fullest first, as hold over half of the sample. */
function fewest(sample: readonly number[], buckets: readonly number[], size: number): number[] {
  const taken: number[] = [];
  for (const at of buckets.toSorted((a, b) => sample[b]! - sample[a]! || a - b)) {
    taken.push(at);
    if (shareIn(sample, taken, size) > SAMPLE_SHARE) break;
  }
  return taken.toSorted((a, b) => a - b);
}

function shareIn(sample: ArrayLike<number>, buckets: readonly number[], size: number): number {
  return buckets.reduce((sum, at) => sum + sample[at]!, 0) / size;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
