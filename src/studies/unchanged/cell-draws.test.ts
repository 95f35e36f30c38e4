/** Draws on counts: what they keep, and the frequencies that they should have. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutcomeCell, SideOutcome } from '../../counts/index.ts';
import { createRandom } from '../../stats/index.ts';
import { dealCells, keepLevel, levelShift, lossesToPlant, plantInCells, swapCells } from './cell-draws.ts';

const pass: SideOutcome = { passed: 1, failed: 0, errors: 0, unscored: 0 };
const fail: SideOutcome = { passed: 0, failed: 1, errors: 0, unscored: 0 };
const error: SideOutcome = { passed: 0, failed: 0, errors: 1, unscored: 0 };

function table(kept: number, lost: number, gained: number, failed: number): OutcomeCell[] {
  const cell = (baseline: SideOutcome, candidate: SideOutcome, cases: number) => ({
    baseline,
    candidate,
    edited: false,
    cases,
  });
  return [cell(fail, fail, failed), cell(fail, pass, gained), cell(pass, fail, lost), cell(pass, pass, kept)];
}

function countOf(cells: readonly OutcomeCell[], before: number, after: number): number {
  return cells
    .filter(({ baseline, candidate }) => baseline?.passed === before && candidate?.passed === after)
    .reduce((sum, { cases }) => sum + cases, 0);
}

const total = (cells: readonly OutcomeCell[]) => cells.reduce((sum, { cases }) => sum + cases, 0);
const counts = fc.tuple(fc.nat(40), fc.nat(20), fc.nat(20), fc.nat(40));

describe('label swap', () => {
  test('keeps every case, every flip and everything that did not flip', () => {
    fc.assert(
      fc.property(counts, fc.nat(1e6), ([kept, lost, gained, failed], seed) => {
        const swapped = swapCells(table(kept, lost, gained, failed), createRandom(seed));
        expect(countOf(swapped, 1, 1)).toBe(kept);
        expect(countOf(swapped, 0, 0)).toBe(failed);
        expect(countOf(swapped, 1, 0) + countOf(swapped, 0, 1)).toBe(lost + gained);
      }),
    );
  });

  test('loses and gains alike, whatever was observed', () => {
    const random = createRandom(1);
    let lost = 0;
    for (let i = 0; i < 4000; i++) lost += countOf(swapCells(table(36, 7, 0, 4), random), 1, 0);
    // 28,000 fair coins: standard deviation 84.
    expect(Math.abs(lost - 14_000)).toBeLessThan(4 * 84);
  });

  test('leaves edited cases and cases of one run alone', () => {
    const cells: OutcomeCell[] = [
      { baseline: pass, candidate: fail, edited: true, cases: 9 },
      { baseline: pass, candidate: null, edited: false, cases: 5 },
    ];
    expect(swapCells(cells, createRandom(1))).toEqual(cells);
  });
});

describe('keeping the level', () => {
  test('brings the average pass rate back to that of the baseline', () => {
    const observed = table(30, 7, 1, 9);
    const shift = levelShift(observed, 'fail');
    expect(shift).toBe(3);
    const random = createRandom(2);
    let passes = 0;
    for (let i = 0; i < 4000; i++) {
      const cells = keepLevel(swapCells(observed, random), shift, random, 'fail');
      expect(total(cells)).toBe(47);
      passes += countOf(cells, 1, 1) + countOf(cells, 1, 0);
    }
    // The baseline passes 37; eight flips have a standard deviation of 1.41 per release.
    expect(Math.abs(passes / 4000 - 37)).toBeLessThan((4 * 1.41) / Math.sqrt(4000));
  });

  test('stops where no more cases can be turned, and never touches a flip', () => {
    const cells = keepLevel(table(10, 6, 0, 1), 3, createRandom(1), 'fail');
    expect([countOf(cells, 1, 1), countOf(cells, 1, 0), countOf(cells, 0, 0)]).toEqual([11, 6, 0]);
  });

  test('takes half a case as a chance', () => {
    const random = createRandom(4);
    let moved = 0;
    for (let i = 0; i < 2000; i++) moved += countOf(keepLevel(table(0, 0, 0, 9), 0.5, random, 'fail'), 1, 1);
    expect(Math.abs(moved - 1000)).toBeLessThan(4 * 22.4);
  });
});

describe('dealing', () => {
  test('gives the first run its size and every case to exactly one run', () => {
    const outcomes = [
      [
        { outcome: pass, cases: 30 },
        { outcome: fail, cases: 12 },
      ],
      [{ outcome: error, cases: 5 }],
    ];
    const dealt = dealCells(outcomes, 23, createRandom(9));
    const size = (of: 'baseline' | 'candidate') => total(dealt.flat().filter((cell) => cell[of] !== null));
    expect([size('baseline'), size('candidate')]).toEqual([23, 24]);
    expect(dealt.map(total)).toEqual([42, 5]);
    expect(
      dealt.flat().every(({ baseline, candidate }) => (baseline === null) !== (candidate === null)),
    ).toBe(true);
  });
});

describe('planting a loss', () => {
  test.each([
    [{ n: 47, drop: 0.14, passing: 43, passes: 43, chance: 0.57 }, 7],
    [{ n: 47, drop: 0.14, passing: 43, passes: 43, chance: 0.59 }, 6],
    [{ n: 100, drop: 0.5, passing: 20, passes: 20, chance: 0 }, 20],
    [{ n: 100, drop: 0.1, passing: 40, passes: 20, chance: 0 }, 20],
    [{ n: 100, drop: 0.1, passing: 0, passes: 0, chance: 0 }, 0],
  ])('%j fails %i cases', (input, cases) => {
    expect(lossesToPlant(input)).toBe(cases);
  });

  test('takes cases from what passed in the candidate, in proportion', () => {
    fc.assert(
      fc.property(counts, fc.nat(1e6), ([kept, lost, gained, failed], seed) => {
        const cells = table(kept, lost, gained, failed);
        const planted = plantInCells(cells, 0.2, createRandom(seed), 'fail', true);
        const passes = (of: readonly OutcomeCell[]) => countOf(of, 1, 1) + countOf(of, 0, 1);
        const taken = passes(cells) - passes(planted);
        const wanted = 0.2 * total(cells);
        expect(taken).toBeGreaterThanOrEqual(Math.min(passes(cells), Math.floor(wanted)));
        expect(taken).toBeLessThanOrEqual(Math.min(passes(cells), Math.ceil(wanted)));
        expect(countOf(planted, 1, 1) + countOf(planted, 1, 0)).toBe(kept + lost);
      }),
    );
  });
});
