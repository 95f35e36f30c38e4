/** Folds keep groups whole, and shares as even as scikit-learn's. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stratifiedGroupFolds } from './folds.ts';

const inOrder = (group: number) => group;

describe('stratifiedGroupFolds', () => {
  it('deals the example of scikit-learn: no group in two folds, both classes in each', () => {
    const label = Int32Array.of(0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    const group = Int32Array.of(1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6, 7, 8, 8);
    const { fold, counts } = stratifiedGroupFolds(label, group, 3, inOrder);
    expect(new Set([...group].map((one, at) => `${one} ${fold[at]}`)).size).toBe(8);
    for (const one of counts) expect(Math.min(...one)).toBeGreaterThanOrEqual(1);
  });

  it('without groups gives every fold its share of every class, within one case', () => {
    const label = Int32Array.from({ length: 100 }, (_, at) => (at < 10 ? 1 : 0));
    const { counts } = stratifiedGroupFolds(
      label,
      Int32Array.from(label, (_, at) => at),
      5,
      inOrder,
    );
    for (const [zeros, ones] of counts) {
      expect(zeros).toBe(18);
      expect(ones).toBe(2);
    }
  });

  it('never parts a group, loses no item, and counts what it dealt', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(3), fc.nat(12)), { minLength: 40, maxLength: 120 }),
        fc.integer({ min: 2, max: 4 }),
        (rows, folds) => {
          const label = Int32Array.from(rows, ([one]) => one);
          const group = Int32Array.from(rows, ([, one]) => one);
          fc.pre(new Set(group).size >= folds);
          const { fold, counts } = stratifiedGroupFolds(label, group, folds, inOrder);
          const pairs = new Set(rows.map(([, one], at) => `${one}/${fold[at]}`));
          expect(pairs.size).toBe(new Set(group).size);
          expect(counts.flat().reduce((sum, one) => sum + one, 0)).toBe(rows.length);
        },
      ),
    );
  });

  it('deals 30,000 labels of one case each evenly: the cost does not grow with the square', () => {
    const each = Int32Array.from({ length: 30_000 }, (_, item) => item);
    const { fold } = stratifiedGroupFolds(each, each, 4, inOrder);
    const sizes = [0, 0, 0, 0];
    for (const one of fold) sizes[one]!++;
    expect(sizes).toEqual([7_500, 7_500, 7_500, 7_500]);
  });

  it('refuses more folds than groups', () => {
    expect(() => stratifiedGroupFolds(Int32Array.of(0, 1), Int32Array.of(0, 0), 2, inOrder)).toThrow(
      RangeError,
    );
  });
});
