/** Joint sign flips: against enumeration, the closed form, a walk without tricks, and a false-alarm check. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../random/index.ts';
import { countColumns } from './flip-counts.ts';
import { tossBlock } from './flip-signs.ts';
import { type FlipHypothesis, jointMinP, mcnemarAttainable, minPDiscrete } from './index.ts';

const FLIPS = 2000;

function mean(units: readonly number[], differences: readonly number[]): FlipHypothesis {
  return { kind: 'mean', units, differences };
}

/** The differences of one unit each, from a list of signs. */
function slice(first: number, ...differences: number[]): FlipHypothesis {
  return mean(
    differences.map((_, i) => first + i),
    differences,
  );
}

test('a single slice of six losses has the exact p of 1/64', () => {
  const [six] = jointMinP({ units: 6, hypotheses: [slice(0, 1, 1, 1, 1, 1, 1)], flips: FLIPS, seed: 1 });
  expect(six!.p).toBe(1 / 64);
  expect(six!.adjusted).toBeCloseTo(1 / 64, 2);
});

test('a slice without a difference has p = 1 and does not weigh on the others', () => {
  const lost = slice(0, 1, 1, 1, 1, 1, 1, 1);
  const alone = jointMinP({ units: 9, hypotheses: [lost], flips: FLIPS, seed: 2 });
  const both = jointMinP({ units: 9, hypotheses: [mean([7, 8], [0, 0]), lost], flips: FLIPS, seed: 2 });
  expect(both).toEqual([{ p: 1, adjusted: 1 }, alone[0]]);
});

test('agrees with the closed form on disjoint slices within Monte-Carlo error', () => {
  const losses = [9, 3, 5, 1, 6, 12];
  const gains = [2, 1, 5, 0, 0, 4];
  let next = 0;
  const hypotheses = losses.map((lost, i) => {
    const differences = [...Array(lost).fill(1), ...Array(gains[i]).fill(-1)];
    const made = slice(next, ...differences);
    next += differences.length;
    return made;
  });
  const flips = 10_000;
  const joint = jointMinP({ units: next, hypotheses, flips, seed: 3 });
  const attainable = mcnemarAttainable(
    losses.map((lost, i) => lost + gains[i]!),
    'exact',
  );
  const closed = minPDiscrete(joint.map(({ p }, i) => ({ p, attainable: attainable[i]! })));
  joint.forEach(({ adjusted }, i) => {
    const expected = closed[i]!;
    expect(Math.abs(adjusted - expected)).toBeLessThan(
      4 * Math.sqrt((expected * (1 - expected)) / flips) + 2e-4,
    );
  });
});

test('two copies of one slice cost nothing: the flips know that they overlap completely', () => {
  const lost = slice(0, 1, 1, 1, 1, 1, 1, 1, 1, -1);
  const [one] = jointMinP({ units: 9, hypotheses: [lost], flips: FLIPS, seed: 4 });
  expect(jointMinP({ units: 9, hypotheses: [lost, lost, lost], flips: FLIPS, seed: 4 })).toEqual([
    one,
    one,
    one,
  ]);
});

test('graded differences: the p-value is near that of all 1,024 patterns of signs', () => {
  const differences = [0.31, 0.22, -0.05, 0.47, 0.13, 0.09, -0.21, 0.36, 0.02, 0.18];
  const [got] = jointMinP({ units: 10, hypotheses: [slice(0, ...differences)], flips: 10_000, seed: 5 });
  const observed = differences.reduce((sum, d) => sum + d, 0);
  let reached = 0;
  for (let pattern = 0; pattern < 1024; pattern++) {
    const sum = differences.reduce((total, d, i) => total + ((pattern >> i) & 1 ? -d : d), 0);
    if (sum >= observed - 1e-12) reached++;
  }
  expect(Math.abs(got!.p - reached / 1024)).toBeLessThan(4 * Math.sqrt(reached / 1024 / 10_000));
});

describe('any family', () => {
  const family = fc.array(
    fc.array(
      fc.record({
        unit: fc.integer({ min: 0, max: 19 }),
        difference: fc.constantFrom(-1, -0.5, -0.25, 0, 0.25, 0.5, 1),
      }),
      { maxLength: 12 },
    ),
    { minLength: 1, maxLength: 5 },
  );
  const build = (lists: { unit: number; difference: number }[][]) =>
    lists.map((list) =>
      mean(
        list.map((x) => x.unit),
        list.map((x) => x.difference),
      ),
    );

  test('gives adjusted p-values not below the raw ones and in their order', () => {
    fc.assert(
      fc.property(family, (lists) => {
        const result = jointMinP({ units: 20, hypotheses: build(lists), flips: 300, seed: 6 });
        for (const one of result) {
          expect(one.adjusted).toBeGreaterThanOrEqual(one.p);
          for (const other of result) {
            if (one.p <= other.p) expect(one.adjusted).toBeLessThanOrEqual(other.adjusted);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test('does not depend on the order of hypotheses, nor of units when they carry keys', () => {
    fc.assert(
      fc.property(family, (lists) => {
        const keys = Uint32Array.from({ length: 20 }, (_, i) => 1000 + 7 * i);
        const one = jointMinP({ units: keys, hypotheses: build(lists), flips: 300, seed: 7 });
        const turned = lists.map((list) => list.map((x) => ({ ...x, unit: 19 - x.unit }))).reverse();
        const other = jointMinP({ units: keys.toReversed(), hypotheses: build(turned), flips: 300, seed: 7 });
        expect(other.reverse()).toEqual(one);
      }),
      { numRuns: 50 },
    );
  });
});

test('cases of a cluster flip together: two units of three losses each reach p = 1/4 at best', () => {
  const [got] = jointMinP({
    units: 2,
    hypotheses: [mean([0, 0, 0, 1, 1, 1], [1, 1, 1, 1, 1, 1])],
    flips: FLIPS,
    seed: 8,
  });
  expect(got!.p).toBe(0.25);
});

test('units whose hashes collide still flip on their own', () => {
  const graded = mean([0, 1, 2, 3], [1, 0.9, 0.8, 0.7]);
  const [got] = jointMinP({
    units: Uint32Array.of(5, 5, 5, 6),
    hypotheses: [graded],
    flips: 10_000,
    seed: 9,
  });
  // Only one of 16 patterns loses as much; with shared tosses it would be one of four.
  expect(got!.p).toBeCloseTo(1 / 16, 2);
});

describe('quantile differences', () => {
  test.each([0, 0.25, 0.5, 0.9, 1])('at %d equal those of the swapped and sorted values', (quantile) => {
    const random = createRandom(11);
    const n = 23;
    const baseline = Array.from({ length: n }, () => random.nextBelow(50));
    const candidate = baseline.map((x) => x + random.nextBelow(9) - 3);
    const units = baseline.map((_, i) => i);
    const [got] = jointMinP({
      units: n,
      hypotheses: [{ kind: 'quantile', units, baseline, candidate, quantile }],
      flips: 128,
      seed: 12,
    });
    const tosses = new Int32Array(4 * n);
    tossBlock(tosses, Uint32Array.from(units), new Uint32Array(n), 0, 12);
    const observed = typeSeven(candidate, quantile) - typeSeven(baseline, quantile);
    let reached = 0;
    for (let flip = 0; flip < 128; flip++) {
      const swapped = units.map((u) => (tosses[(flip >> 5) * n + u]! >>> (flip & 31)) & 1);
      const worse = units.map((u) => (swapped[u] ? baseline[u]! : candidate[u]!));
      const better = units.map((u) => (swapped[u] ? candidate[u]! : baseline[u]!));
      if (typeSeven(worse, quantile) - typeSeven(better, quantile) >= observed - 1e-9) reached++;
    }
    expect(got!.p).toBeCloseTo((1 + reached) / 129, 12);
  });
});

test('columns of bits are counted as one by one', () => {
  const random = createRandom(13);
  for (const n of [0, 1, 3, 4, 5, 17, 64, 129]) {
    const words = Int32Array.from({ length: n + 2 }, () => random.nextUint32());
    const members = Uint32Array.from({ length: n }, (_, i) => i);
    const invert = Int32Array.from({ length: n }, () => -(random.nextUint32() & 1));
    const counts = new Float64Array(33);
    countColumns(words, 2, members, invert, counts, 1);
    const expected = Array.from({ length: 32 }, (_, bit) =>
      members.reduce((sum, member, i) => sum + (((words[2 + member]! ^ invert[i]!) >>> bit) & 1), 0),
    );
    expect([...counts.subarray(1)]).toEqual(expected);
  }
});

test('overlapping slices: at most 5 % of clean releases are blocked (300 releases, seed 14)', () => {
  const random = createRandom(14);
  let blocked = 0;
  for (let release = 0; release < 300; release++) {
    const differences = Array.from({ length: 80 }, () => (random.nextUint32() & 1 ? 1 : -1));
    const all = differences.map((_, i) => i);
    const hypotheses = Array.from({ length: 12 }, (_, k) => {
      const units = all.filter((i) => (k < 6 ? i % 6 === k : Math.floor(i / 14) === k - 6));
      return mean(
        units,
        units.map((i) => differences[i]!),
      );
    });
    const result = jointMinP({ units: 80, hypotheses, flips: 500, seed: release });
    if (result.some(({ adjusted }) => adjusted <= 0.05)) blocked++;
  }
  const rate = blocked / 300;
  expect(rate - 2.33 * Math.sqrt((rate * (1 - rate)) / 300)).toBeLessThanOrEqual(0.05);
  expect(rate).toBeGreaterThan(0.01);
});

test.each([
  ['a unit that does not exist', mean([5], [1]), 'unit 5 does not exist, there are 5'],
  ['lists of two lengths', mean([1], []), 'must have one length'],
  ['a difference that is no number', mean([1], [Number.NaN]), 'entry 0 is not a finite number'],
])('refuses %s', (_name, hypothesis, message) => {
  expect(() => jointMinP({ units: 5, hypotheses: [hypothesis], flips: 10, seed: 0 })).toThrow(message);
});

function typeSeven(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const h = (sorted.length - 1) * q;
  const low = Math.floor(h);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (h - low) * (sorted[high]! - sorted[low]!);
}
