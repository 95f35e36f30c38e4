/** Cluster-robust standard errors, against statsmodels, sandwich and clubSandwich. */

import { expect, test } from 'vitest';
import { testGolden } from '../../../test/golden.ts';
import { clusterMean, effectiveCases } from './index.ts';

testGolden('clustered_se', ({ input }) => {
  const got = clusterMean(input.y, input.cluster);
  return {
    ...got,
    seIid: got.seIndependent,
    seClusterMiller: got.seCr0,
    seCR1: got.seCr1,
    seCR2: got.seCr2,
    dfCR2: got.dfCr2,
  };
});

test('one cluster has no standard error, no case has no mean', () => {
  expect(clusterMean([1, 0, 1], ['a', 'a', 'a'])).toMatchObject({
    clusters: 1,
    seCr0: null,
    seCr2: null,
    dfCr2: null,
  });
  expect(clusterMean([], [])).toMatchObject({ mean: null, seIndependent: null });
  expect(() => clusterMean([1], [])).toThrow('1 values have 0 clusters');
});

test('the example of the documentation', () => {
  expect(clusterMean([1, 0, 1, 1], ['a', 'a', 'b', 'b']).seCr0).toBeCloseTo(0.1767766953, 9);
  expect(effectiveCases(100, 20, 0.25)).toBe(50);
  expect(effectiveCases(100, 20, -0.1)).toBe(100);
});
