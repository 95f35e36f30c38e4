/** Sweeps agree with counting the cases above each threshold one by one. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scoreGroups } from '../../stats/index.ts';
import { thresholdSweep } from './threshold-sweep.ts';

const scores = [0.95, 0.9, 0.6, 0.4, 0.2, 0.02];
const events = [1, 1, 0, 1, 0, 0];

test('the highest F1 stands among the thresholds of the grid', () => {
  const sweep = thresholdSweep(scoreGroups(scores, events), null)!;
  expect(sweep.by).toBe('f1');
  expect(sweep.best).toMatchObject({ threshold: 0.4, precision: 0.75, recall: 1 });
  expect(sweep.points.filter(({ threshold }) => threshold === 0.4)).toEqual([sweep.best]);
});

test('costs move the best threshold to where it is cheapest', () => {
  const dear = thresholdSweep(scoreGroups(scores, events), { miss: 1, falseAlarm: 100 })!;
  expect(dear.best).toMatchObject({ threshold: 0.9, cost: 1000 / 6 });
  const cheap = thresholdSweep(scoreGroups(scores, events), { miss: 100, falseAlarm: 1 })!;
  expect(cheap.best).toMatchObject({ threshold: 0.4, cost: 1000 / 6 });
});

test('without one of the two kinds of cases there is nothing to sweep', () => {
  expect(thresholdSweep(scoreGroups([0.4], [1]), null)).toBeNull();
  expect(thresholdSweep(scoreGroups([], []), null)).toBeNull();
});

test('every point is what counting gives', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { minLength: 2, maxLength: 40 }),
      (cases) => {
        const p = cases.map(([score]) => score / 20);
        const y = cases.map(([, event]) => (event ? 1 : 0));
        const sweep = thresholdSweep(scoreGroups(p, y), { miss: 3, falseAlarm: 1 });
        const yes = y.filter((one) => one === 1).length;
        if (yes === 0 || yes === y.length) {
          expect(sweep).toBeNull();
          return;
        }
        for (const { threshold, recall, cost, falseAlarmRate } of sweep!.points) {
          const called = y.filter((_, i) => p[i]! >= threshold);
          const hits = called.filter((one) => one === 1).length;
          expect(recall).toBeCloseTo(hits / yes, 12);
          expect(falseAlarmRate).toBeCloseTo((called.length - hits) / (y.length - yes), 12);
          expect(cost).toBeCloseTo((1000 * (3 * (yes - hits) + called.length - hits)) / y.length, 9);
          expect(sweep!.best!.cost!).toBeLessThanOrEqual(cost! + 1e-9);
        }
      },
    ),
    { numRuns: 100 },
  );
});
