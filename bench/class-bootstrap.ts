/**
 * Bootstrap of class figures from counted answers: that its cost does not grow with rows, and how often its intervals cover.
 *
 *   node bench/class-bootstrap.ts [--trials 1000]   0 trials: the cost alone
 */

import { parseArgs } from 'node:util';
import { classFigures } from '../src/classes/index.ts';
import type { LabelSlice } from '../src/counts/index.ts';
import {
  averageRate,
  bootstrapCells,
  createRandom,
  fScore,
  multinomialDraw,
  type PairedAnswers,
  pairedMetrics,
  type Random,
  type TallyMetrics,
  wilsonInterval,
} from '../src/stats/index.ts';
import { machine } from './processes.ts';
import { keepResults } from './results.ts';

const { values: flags } = parseArgs({ options: { trials: { type: 'string', default: '1000' } } });

const CLASSES = 77;
const SLICES = 10;
const RESAMPLES = 2000;

/** Kinds of answers of each class: offsets of the baseline's and the candidate's answer, and their share. */
const KINDS = [
  [0, 0, 0.8],
  [1, 1, 0.04],
  [0, 1, 0.04],
  [1, 0, 0.06],
  [2, 0, 0.03],
  [1, 2, 0.03],
] as const;

function sliceOf(rows: number, seed: number): LabelSlice {
  const cells = Array.from({ length: CLASSES }, (_, label) =>
    KINDS.map(([before, after, share]) => ({
      expected: label,
      baseline: (label + before) % CLASSES,
      candidate: (label + after) % CLASSES,
      share,
    })),
  ).flat();
  const shares = cells.map(({ share }) => share);
  const cases = multinomialDraw(createRandom(seed), rows, shares, new Float64Array(cells.length));
  return {
    ...{ grouping: 'slice', state: 'value', value: String(seed), edited: 0 },
    cells: {
      expected: Int32Array.from(cells, ({ expected }) => expected),
      baseline: Int32Array.from(cells, ({ baseline }) => baseline),
      candidate: Int32Array.from(cells, ({ candidate }) => candidate),
      cases,
      cluster: null,
    },
  };
}

const labels = Array.from({ length: CLASSES }, (_, label) => `class ${label}`);

function cost(rows: number): { readonly key: string; readonly cpuSeconds: number; readonly macroF1: string } {
  const slices = Array.from({ length: SLICES }, (_, at) => sliceOf(rows / SLICES, at + 1));
  const start = process.cpuUsage();
  const figures = slices.map((slice) =>
    classFigures(slice, labels, {
      pairing: 'paired',
      multiLabel: false,
      level: 0.95,
      resamples: RESAMPLES,
      seed: 1,
    }),
  );
  const { user, system } = process.cpuUsage(start);
  const { delta } = figures[0]!.averages[0]!.fScore;
  return {
    key: `rows ${rows}`,
    cpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
    macroF1: `${delta!.estimate!.toFixed(4)} (${delta!.lower!.toFixed(4)} to ${delta!.upper!.toFixed(4)})`,
  };
}

/** True shares of a rare positive class and the rest, answered by two runs. */
const WORLD = [
  [0, 0, 0, 0.1],
  [0, 0, 1, 0.02],
  [0, 1, 0, 0.04],
  [0, 1, 1, 0.04],
  [1, 1, 1, 0.5],
  [1, 0, 1, 0.02],
  [1, 1, 0, 0.03],
  [1, 2, 1, 0.03],
  [2, 2, 2, 0.17],
  [2, 1, 2, 0.02],
  [2, 2, 1, 0.03],
] as const;

const METRICS: TallyMetrics = {
  size: 2,
  evaluate(tally, out, at) {
    out[at] = fScore(1)(tally, 0) ?? Number.NaN;
    out[at + 1] =
      averageRate(tally, fScore(1), { average: 'macro', undefinedAs: 'skip' }).value ?? Number.NaN;
  },
};

function answersOf(cases: Float64Array): PairedAnswers {
  return {
    expected: WORLD.map(([expected]) => expected),
    baseline: WORLD.map(([, baseline]) => baseline),
    candidate: WORLD.map(([, , candidate]) => candidate),
    cases,
    cluster: null,
  };
}

const SPACE = { classes: 3, sets: null };
const NAMES = ['F1', 'macro F1', 'F1 candidate', 'macro F1 candidate', 'change of F1', 'change of macro F1'];

function coverage(n: number, trials: number): readonly { readonly key: string; readonly covered: string }[] {
  const shares = WORLD.map(([, , , share]) => share);
  const truth = new Float64Array(6);
  const exact = pairedMetrics(answersOf(Float64Array.from(shares)), SPACE, METRICS);
  exact.clear();
  shares.forEach((share, cell) => void exact.add(cell, share));
  exact.read(truth);
  const covered = new Float64Array(6);
  const given = new Float64Array(6);
  const random: Random = createRandom(20_250_101, n);
  for (let trial = 0; trial < trials; trial++) {
    const answers = answersOf(multinomialDraw(random, n, shares, new Float64Array(shares.length)));
    const statistics = pairedMetrics(answers, SPACE, METRICS);
    const estimates = bootstrapCells({ answers, statistics, resamples: 1000, seed: trial, level: 0.95 });
    estimates.forEach(({ lower, upper }, i) => {
      if (lower === null || upper === null) return;
      given[i]!++;
      if (lower <= truth[i]! && truth[i]! <= upper) covered[i]!++;
    });
  }
  return NAMES.map((name, i) => {
    const share = wilsonInterval(covered[i]!, given[i]!);
    const percent = (value: number) => (100 * value).toFixed(1);
    return {
      key: `coverage n ${n} ${name}`,
      covered: `${percent(share.estimate!)} % (${percent(share.lower!)} to ${percent(share.upper!)}) of ${given[i]}`,
    };
  });
}

sliceOf(1000, 1);
cost(10_000);
const rows = [
  ...[10_000, 100_000, 1_000_000, 10_000_000].map(cost),
  ...(Number(flags.trials) > 0 ? [50, 100, 300, 1000] : []).flatMap((n) => coverage(n, Number(flags.trials))),
];
for (const row of rows) console.log(JSON.stringify(row));
keepResults(
  'class-bootstrap',
  {
    ...machine(),
    classes: CLASSES,
    slices: SLICES,
    resamples: RESAMPLES,
    swaps: RESAMPLES,
    trials: flags.trials,
  },
  rows,
);
