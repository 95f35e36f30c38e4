import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { heightOf, MOST_PIXELS, placeAfter, placeAt, rowsInSight } from './long-scroll.ts';

const MILLION = { rows: 1_000_000, rowHeight: 60, viewport: 700 };
const SHORT = { rows: 1_000, rowHeight: 60, viewport: 700 };

describe('a list of a million rows', () => {
  test('is no higher than browsers can draw, and shows its first and last row at the ends', () => {
    expect(heightOf(MILLION)).toBe(MOST_PIXELS);
    expect(rowsInSight(placeAt(0, MILLION), MILLION)).toEqual([0, 12]);
    const end = placeAt(Number.POSITIVE_INFINITY, MILLION);
    expect(end.top).toBeCloseTo(MOST_PIXELS - 700, 3);
    expect(rowsInSight(end, MILLION)[1]).toBe(1_000_000);
    const dragged = placeAfter(MOST_PIXELS - 700, { top: 0, shift: 0 }, MILLION);
    expect(rowsInSight(dragged, MILLION)[1]).toBe(1_000_000);
  });

  test('moves by as many pixels as the wheel says, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 59_000_000 }),
        fc.integer({ min: -690, max: 690 }),
        (pixel, delta) => {
          const before = placeAt(pixel, MILLION);
          const after = placeAfter(before.top + delta, before, MILLION);
          expect(after.top + after.shift).toBeCloseTo(pixel + delta, 3);
          expect(after.top).toBeGreaterThan(0);
          expect(after.top).toBeLessThan(MOST_PIXELS - MILLION.viewport);
        },
      ),
    );
  });

  test('shows the middle where the bar is dragged to the middle', () => {
    const middle = placeAfter((MOST_PIXELS - 700) / 2, { top: 0, shift: 0 }, MILLION);
    expect(rowsInSight(middle, MILLION)[0]).toBeCloseTo(499_994, -1);
  });

  test('reaches its ends with the wheel alone', () => {
    const near = placeAt(300, MILLION);
    expect(rowsInSight(placeAfter(0, near, MILLION), MILLION)[0]).toBe(0);
    const late = placeAt(60_000_000 - 1_000, MILLION);
    expect(rowsInSight(placeAfter(MOST_PIXELS - 700, late, MILLION), MILLION)[1]).toBe(1_000_000);
  });
});

test('a short list is scrolled as it is', () => {
  expect(heightOf(SHORT)).toBe(60_000);
  expect(placeAfter(30_000, { top: 0, shift: 0 }, SHORT)).toEqual({ top: 30_000, shift: 0 });
  expect(rowsInSight({ top: 30_000, shift: 0 }, SHORT)).toEqual([500, 512]);
  expect(rowsInSight(placeAt(0, { ...SHORT, rows: 0 }), { ...SHORT, rows: 0 })).toEqual([0, 0]);
});
