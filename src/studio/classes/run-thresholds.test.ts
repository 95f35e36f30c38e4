/** Shortcuts of thresholds give what the long way gives. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparedMeans } from '../../classes/index.ts';
import { bestThreshold, scoreGroups } from '../../stats/index.ts';
import { costHull } from './run-thresholds.ts';
import { calledCases } from './threshold-outcomes.ts';

/** Scores in tenths, so that many are equal, with what happened. */
const scored = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.constantFrom(0, 1)), {
  minLength: 1,
  maxLength: 60,
});

test('the corners of the hull cost as little as all thresholds, at every ratio of costs', () => {
  fc.assert(
    fc.property(scored, fc.double({ min: 0, max: 1, noNaN: true }), (cases, miss) => {
      const groups = scoreGroups(
        cases.map(([tenths]) => tenths / 10),
        cases.map(([, event]) => event),
      );
      const costs = { miss, falseAlarm: 1 - miss };
      const hull = costHull(groups);
      expect(hull.scores.length).toBeLessThanOrEqual(groups.scores.length);
      expect(bestThreshold(hull, costs).cost).toBeCloseTo(bestThreshold(groups, costs).cost, 9);
    }),
  );
});

describe('cases that are called at two thresholds', () => {
  const run = (probability: readonly number[], event: readonly number[]) => ({
    probability: Float64Array.from(probability),
    event: Float64Array.from(event),
    classes: null,
  });

  test('compare alike whether equal ones are counted together or not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(scored, fc.nat(10)), { minLength: 4, maxLength: 4 }), (parts) => {
        const cases = parts.flatMap(([part, other]) =>
          part.map(([tenths, event], i) => ({
            before: ((tenths + other + i) % 11) / 10,
            after: tenths / 10,
            event,
          })),
        );
        const events = cases.map(({ event }) => event);
        const both = {
          baseline: run(
            cases.map(({ before }) => before),
            events,
          ),
          candidate: run(
            cases.map(({ after }) => after),
            events,
          ),
        };
        const ask = (cluster: Int32Array | null) =>
          calledCases({ ...both, cluster }, { baseline: 0.5, candidate: 0.3 }, { miss: 5, falseAlarm: 1 });
        const together = ask(null);
        const apart = ask(Int32Array.from(cases.keys()));
        expect(together.candidate.errors).toEqual(apart.candidate.errors);
        expect(together.baseline!.errors).toEqual(apart.baseline!.errors);
        for (const of of ['cost', 'right'] as const) {
          const compared = [together, apart].map(({ baseline, candidate, counts }) =>
            comparedMeans(baseline![of], candidate[of], null, 0.95, counts),
          );
          const figures = compared.map(({ baseline, candidate, delta, pValue }) =>
            [baseline, candidate, delta]
              .flatMap((one) => [one!.estimate, one!.lower, one!.upper, one!.n])
              .concat(pValue),
          );
          figures[0]!.forEach((figure, at) => {
            const other = figures[1]![at]!;
            if (figure === null) expect(other).toBeNull();
            else expect(figure).toBeCloseTo(other!, 6);
          });
        }
      }),
      { numRuns: 40 },
    );
  });

  test('a threshold of null calls nothing positive', () => {
    const { candidate } = calledCases(
      { baseline: null, candidate: run([1, 0.2, 0.9], [1, 0, 0]), cluster: null },
      { baseline: null, candidate: null },
      { miss: 2, falseAlarm: 1 },
    );
    expect(candidate.errors).toEqual({ misses: 1, falseAlarms: 0, unanswered: 0, cases: 3 });
  });
});
