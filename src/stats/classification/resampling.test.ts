import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import { bootstrap } from '../resampling/index.ts';
import {
  ABSENT_ANSWER,
  bootstrapCells,
  fScore,
  type PairedAnswers,
  pairedMetrics,
  recall,
  swapCells,
  type TallyMetrics,
} from './index.ts';

const SPACE = { classes: 2, sets: null };
const F1: TallyMetrics = {
  size: 1,
  evaluate(tally, out, at) {
    out[at] = fScore(1)(tally, 0) ?? Number.NaN;
  },
};

/** Expected, baseline, candidate, cases. */
function answersOf(cells: readonly (readonly [number, number, number, number])[]): PairedAnswers {
  return {
    expected: cells.map(([expected]) => expected),
    baseline: cells.map(([, baseline]) => baseline),
    candidate: cells.map(([, , candidate]) => candidate),
    cases: cells.map(([, , , cases]) => cases),
    cluster: null,
  };
}

const CELLS = [
  [0, 0, 0, 30],
  [0, 0, 1, 9],
  [0, 1, 0, 4],
  [0, 1, 1, 7],
  [1, 1, 1, 60],
  [1, 0, 1, 5],
  [1, 1, 0, 3],
] as const;

function intervalOf(answers: PairedAnswers, resamples = 2000) {
  const statistics = pairedMetrics(answers, SPACE, F1);
  return bootstrapCells({ answers, statistics, resamples, seed: 3, level: 0.95 });
}

describe('bootstrap of cells', () => {
  test('gives the interval of the bootstrap of cases', () => {
    const rows = CELLS.flatMap(([expected, before, after, cases]) =>
      Array.from({ length: cases }, () => ({ expected, before, after })),
    );
    const f1 = (places: Uint32Array, side: 'before' | 'after') => {
      let [hits, support, predicted] = [0, 0, 0];
      for (const place of places) {
        const row = rows[place]!;
        support += Number(row.expected === 0);
        predicted += Number(row[side] === 0);
        hits += Number(row.expected === 0 && row[side] === 0);
      }
      return (2 * hits) / (support + predicted);
    };
    const [, , delta] = intervalOf(answersOf(CELLS), 10_000);
    const brute = bootstrap({
      n: rows.length,
      statistic: (places) => f1(places, 'after') - f1(places, 'before'),
      ...{ resamples: 10_000, seed: 99, level: 0.95 },
    });
    expect(delta!.estimate).toBeCloseTo(brute.estimate!, 12);
    // Two seeds of 10,000 replicates: quantiles agree within a twentieth of the interval's width.
    const near = (brute.upper! - brute.lower!) / 20;
    expect(Math.abs(delta!.lower! - brute.lower!)).toBeLessThan(near);
    expect(Math.abs(delta!.upper! - brute.upper!)).toBeLessThan(near);
  });

  test('does not depend on the order of the cells where they are drawn one by one, up to the draws', () => {
    const [first] = intervalOf(answersOf(CELLS), 8000);
    const [second] = intervalOf(answersOf([...CELLS].reverse()), 8000);
    expect(second!.estimate).toBe(first!.estimate);
    expect(Math.abs(second!.lower! - first!.lower!)).toBeLessThan(0.01);
  });

  test('is the same for the same seed', () => {
    expect(intervalOf(answersOf(CELLS))).toEqual(intervalOf(answersOf(CELLS)));
  });

  test('refuses a metric that is often undefined, and says so', () => {
    const rare = answersOf([
      [1, 1, 1, 40],
      [0, 0, 0, 1],
    ]);
    const [baseline] = intervalOf(rare);
    expect(baseline).toMatchObject({ estimate: 1, lower: null, upper: null });
    expect(baseline!.reason).toMatch(/undefined in 3\d\.\d % of the resamples/);
  });

  test('resamples runs on different cases apart, so their difference is wider than that of pairs', () => {
    const pairs = answersOf(CELLS);
    const apart = answersOf(
      CELLS.flatMap(([expected, before, after, cases]) => [
        [expected, before, ABSENT_ANSWER, cases] as const,
        [expected, ABSENT_ANSWER, after, cases] as const,
      ]),
    );
    const width = (answers: PairedAnswers) => {
      const [, , delta] = intervalOf(answers);
      return delta!.upper! - delta!.lower!;
    };
    expect(width(apart)).toBeGreaterThan(1.2 * width(pairs));
    expect(intervalOf(apart)[0]!.estimate).toBe(intervalOf(pairs)[0]!.estimate);
  });

  test('draws clusters whole: the same cases in fewer clusters have a wider interval', () => {
    const single = CELLS.flatMap(([expected, before, after, cases]) =>
      Array.from({ length: cases }, () => [expected, before, after, 1] as const),
    );
    const answers = answersOf(single);
    const clustered = { ...answers, cluster: single.map((_, i) => Math.floor(i / 6)) };
    const width = (some: PairedAnswers) => {
      const [, candidate] = intervalOf(some);
      return candidate!.upper! - candidate!.lower!;
    };
    expect(intervalOf(clustered)[1]!.n).toBe(20);
    expect(width(clustered)).toBeGreaterThan(width(answers));
  });

  test('hands very many kinds of answers to the jackknife', () => {
    const many = answersOf(
      Array.from({ length: 12_000 }, (_, i) => [i % 2, i % 3 === 0 ? 0 : 1, i % 5 === 0 ? 0 : 1, 1] as const),
    );
    const [baseline] = intervalOf(many, 1000);
    expect(baseline!.method).toBe('jackknife');
    const joined = intervalOf(answersOf(joinCells(many)), 4000)[0]!;
    expect(baseline!.lower).toBeCloseTo(joined.lower!, 2);
    expect(baseline!.upper).toBeCloseTo(joined.upper!, 2);
  });

  test('refuses counts that are no counts', () => {
    expect(() => intervalOf(answersOf([[0, 0, 0, 1.5]]))).toThrow('cases[0] is 1.5');
  });
});

function joinCells({
  expected,
  baseline,
  candidate,
  cases,
}: PairedAnswers): [number, number, number, number][] {
  const joined = new Map<string, [number, number, number, number]>();
  for (let i = 0; i < cases.length; i++) {
    const key = `${expected[i]} ${baseline[i]} ${candidate[i]}`;
    const cell = joined.get(key) ?? [expected[i]!, baseline[i]!, candidate[i]!, 0];
    cell[3] += cases[i]!;
    joined.set(key, cell);
  }
  return [...joined.values()];
}

describe('swaps of cells', () => {
  const RECALL: TallyMetrics = {
    size: 1,
    evaluate(tally, out, at) {
      out[at] = recall(tally, 0) ?? Number.NaN;
    },
  };

  test('give the exact McNemar p for recall', () => {
    const answers = answersOf([
      [0, 0, 0, 30],
      [0, 0, 1, 9],
      [0, 1, 0, 2],
      [1, 1, 1, 20],
    ]);
    const [p] = swapCells({ answers, space: SPACE, metrics: RECALL, swaps: 40_000, seed: 5 });
    // Two-sided exact McNemar of 9 lost, 2 gained: .0654; four standard errors of 40,000 swaps.
    expect(Math.abs(p! - 0.0654296875)).toBeLessThan(0.005);
  });

  test('are 1 where nothing differs, and null where the metric is undefined', () => {
    const same = answersOf([[0, 0, 0, 5]]);
    expect(swapCells({ answers: same, space: SPACE, metrics: RECALL, swaps: 99, seed: 1 })).toEqual([1]);
    const none = answersOf([[1, 0, 1, 5]]);
    expect(swapCells({ answers: none, space: SPACE, metrics: RECALL, swaps: 99, seed: 1 })).toEqual([null]);
  });

  test('hold their level where runs are exchangeable', () => {
    const random = createRandom(77);
    let rejected = 0;
    for (let trial = 0; trial < 200; trial++) {
      const lost = Array.from({ length: 40 }, () => random.nextUint32() & 1);
      const down = lost.reduce((sum, coin) => sum + coin, 0);
      const answers = answersOf([
        [0, 0, 0, 50],
        [0, 0, 1, down],
        [0, 1, 0, 40 - down],
        [1, 1, 1, 80],
        [1, 0, 1, 6],
        [1, 1, 0, 6],
      ]);
      const [p] = swapCells({ answers, space: SPACE, metrics: F1, swaps: 199, seed: trial });
      if (p! <= 0.05) rejected++;
    }
    // At most 5 % plus three standard errors.
    expect(rejected).toBeLessThanOrEqual(19);
  });

  test('swap clusters as a whole: one cluster alone can show nothing', () => {
    const answers = { ...answersOf([[0, 0, 1, 12]]), cluster: [4] };
    const [p] = swapCells({ answers, space: SPACE, metrics: RECALL, swaps: 500, seed: 2 });
    expect(p).toBe(1);
  });
});
