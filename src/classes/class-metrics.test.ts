import fc from 'fast-check';
import { expect, test } from 'vitest';
import { averageRate, tallyAnswers } from '../stats/index.ts';
import {
  AVERAGED_RATES,
  AVERAGES,
  CLASS_RATES,
  classMetrics,
  OVERALL_SCORES,
  overallScore,
  ratesOf,
} from './class-metrics.ts';

test('the metrics of a replicate are those that the single functions give', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -1, max: 3 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 12,
      }),
      fc.constantFrom('skip', 'zero', 'one'),
      fc.constantFrom(0.5, 1, 2),
      (cells, undefinedAs, beta) => {
        const tally = tallyAnswers(
          {
            expected: cells.map(([expected]) => expected),
            answer: cells.map(([, answer]) => answer),
            cases: cells.map(([, , cases]) => cases),
          },
          { classes: 4, sets: null },
        );
        const choice = { beta, undefinedAs, multiLabel: false } as const;
        const metrics = classMetrics(4, choice);
        const out = new Float64Array(metrics.size + 2);
        metrics.evaluate(tally, out, 2);
        const same = (place: number, value: number | null) => {
          if (value === null) expect(out[2 + place]).toBeNaN();
          else expect(out[2 + place]).toBeCloseTo(value, 12);
        };
        const rates = ratesOf(beta);
        for (const name of OVERALL_SCORES) same(metrics.overall(name), overallScore(tally, name, choice));
        for (const average of AVERAGES) {
          for (const name of AVERAGED_RATES) {
            same(
              metrics.average(average, name),
              averageRate(tally, rates[name], { average, undefinedAs }).value,
            );
          }
        }
        for (let index = 0; index < 4; index++) {
          for (const name of CLASS_RATES) same(metrics.classRate(index, name), rates[name](tally, index));
        }
      },
    ),
  );
});
