/**
 * How often dimensions without an effect raise an alarm: proposals to gate on (200 null columns), confirmed values (200 null
 * dimensions), gaps between values that are equal, and change points of flat curves.
 *
 *   node bench/discovery-dimensions.ts [--runs 400] [--columns 200] [--seed 20260101]
 */

import { parseArgs } from 'node:util';
import {
  CHANGE_DEFAULTS,
  changePoint,
  changePoints,
  type DimensionData,
  dimensionFromColumn,
  dimensionFromCounts,
  GAP_DEFAULTS,
  largestGap,
  RANK_DEFAULTS,
  rankDimensions,
  SCAN_DEFAULTS,
  scanDimensions,
} from '../src/discovery/index.ts';
import { binomialDraw, createRandom, type Random } from '../src/stats/index.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';
import { holds, type Share, shareOf } from './simulation/share.ts';

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '400' },
    columns: { type: 'string', default: '200' },
    seed: { type: 'string', default: '20260101' },
  },
});
const runs = Number(flags.runs);
const columns = Number(flags.columns);
const seed = Number(flags.seed);

/** One question, asked of data in which nothing is to be found: whether there was an alarm. */
interface Quiet {
  readonly key: string;
  readonly stated: number;
  readonly alarm: (random: Random, run: number) => boolean;
}

const BUCKETS = ['to 500', '500-1k', '1k-2k', '2k-4k', '4k-8k', 'above 8k'];

const QUIETS: readonly Quiet[] = [
  {
    key: `proposals to gate on: ${columns} null columns of 1,000 cases, 2 gated`,
    stated: 0.05,
    alarm: (random, run) =>
      rankDimensions(nullColumns(random, 1000, 1), { ...RANK_DEFAULTS, permutations: 1_999, seed: run })
        .proposals.length > 0,
  },
  {
    key: `proposals to gate on: ${columns} null columns of 1,000 cases in clusters of 4, 2 gated`,
    stated: 0.05,
    alarm: (random, run) =>
      rankDimensions(nullColumns(random, 1000, 4), { ...RANK_DEFAULTS, seed: run }).proposals.length > 0,
  },
  {
    key: `confirmed values, Holm: ${columns} null dimensions of 1,000 cases`,
    stated: 0.05,
    alarm: (random) => scan(nullColumns(random, 1000, 1), 'holm'),
  },
  {
    key: `confirmed values, Benjamini-Hochberg: ${columns} null dimensions of 1,000 cases`,
    stated: 0.05,
    alarm: (random) => scan(nullColumns(random, 1000, 1), 'bh'),
  },
  ...[3, 8, 20].map(
    (values): Quiet => ({
      key: `dimension that must stay equal, any gap: ${values} equal values of 100 cases`,
      stated: 0.05,
      alarm: (random, run) => {
        const dimension = dimensionFromCounts(
          'language',
          false,
          equalValues(random, values, 100, 0.88),
          run,
          0,
        );
        const options = { ...GAP_DEFAULTS, margin: 0, draws: 1_999, seed: run };
        return largestGap(dimension, options).state === 'review';
      },
    }),
  ),
  {
    key: 'change point of a flat curve: 6 buckets of 50 cases',
    stated: 0.05,
    alarm: (random, run) => changePoint(curve(random), quickCurve(run)).point!.p <= 0.05,
  },
  {
    key: 'any change point of 10 flat curves, Holm: 6 buckets of 50 cases each',
    stated: 0.05,
    alarm: (random, run) => {
      const curves = Array.from({ length: 10 }, (_, i) => ({ slice: `s${i}`, buckets: curve(random) }));
      return changePoints(curves, 0.05, quickCurve(run)).some(({ confirmed }) => confirmed);
    },
  },
];

const rows = QUIETS.map(({ key, stated, alarm }, stream): { key: string; alarms: Share; seconds: number } => {
  const started = performance.now();
  let alarms = 0;
  for (let run = 0; run < runs; run++) alarms += alarm(createRandom(seed + stream, run), run) ? 1 : 0;
  const row = {
    key,
    alarms: shareOf(alarms, runs),
    seconds: Math.round((performance.now() - started) / 1000),
  };
  console.log(`${holds(row.alarms, stated) ? 'holds ' : 'BROKEN'} ${JSON.stringify(row)}`);
  return row;
});
if (runs >= 400) {
  keepResults(
    'discovery-dimensions',
    { script: 'bench/discovery-dimensions.ts', seed, machine: machine() },
    rows,
  );
}

function scan(dimensions: readonly DimensionData[], correction: 'holm' | 'bh'): boolean {
  const metrics = [{ metric: 'passed', larger: 'better', dimensions }] as const;
  return scanDimensions(metrics, { ...SCAN_DEFAULTS, correction }).confirmed.length > 0;
}

/** Random columns of 2 to 8 values over one set of outcomes; the cases of a cluster share everything. The first two are gated. */
function nullColumns(random: Random, cases: number, clusterSize: number): readonly DimensionData[] {
  const unitOf = Int32Array.from({ length: cases }, (_, row) => Math.floor(row / clusterSize));
  const units = Math.ceil(cases / clusterSize);
  const passed = Uint8Array.from({ length: units }, () => (random.nextFloat() < 0.87 ? 1 : 0));
  const halves = Uint8Array.from({ length: units }, () => random.nextUint32() >>> 31);
  const shared = {
    values: Float64Array.from(unitOf, (unit) => passed[unit]!),
    counts: new Float64Array(cases).fill(1),
    half: Uint8Array.from(unitOf, (unit) => halves[unit]!),
    clusters: clusterSize === 1 ? null : unitOf,
  };
  return Array.from({ length: columns }, (_, column) => {
    const cardinality = 2 + random.nextBelow(7);
    const drawn = Uint8Array.from({ length: units }, () => 1 + random.nextBelow(cardinality));
    const codes = Uint8Array.from(unitOf, (unit) => drawn[unit]!);
    const labels = Array.from({ length: cardinality }, (_, value) => `v${value}`);
    return dimensionFromColumn({ id: `c${column}`, gated: column < 2, labels, codes }, shared);
  });
}

function equalValues(random: Random, values: number, cases: number, rate: number) {
  return Array.from({ length: values }, (_, value) => {
    const passes = binomialDraw(random, cases, rate);
    const cells = [
      { value: 1, count: passes },
      { value: 0, count: cases - passes },
    ];
    return { label: `v${value}`, cells };
  });
}

function curve(random: Random) {
  return equalValues(random, BUCKETS.length, 50, 0.85).map(({ cells }, i) => ({ label: BUCKETS[i]!, cells }));
}

function quickCurve(run: number) {
  return { ...CHANGE_DEFAULTS, permutations: 399, resamples: 9, seed: run };
}
