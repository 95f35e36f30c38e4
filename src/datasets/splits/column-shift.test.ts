import { describe, expect, test } from 'vitest';
import { labelShift, lengthShift } from './column-shift.ts';

const times = (label: string, count: number): readonly string[] => new Array<string>(count).fill(label);

describe('labels of two sets', () => {
  test('the same shares are no shift', () => {
    const found = labelShift([...times('a', 60), ...times('b', 40)], [...times('a', 30), ...times('b', 20)]);
    expect(found).toMatchObject({ train: 100, test: 50, labels: 2, distance: 0, pValue: 1 });
  });

  test('other shares are, with the size beside the p', () => {
    const found = labelShift([...times('a', 90), ...times('b', 10)], [...times('a', 50), ...times('b', 50)])!;
    expect(found.pValue).toBeLessThan(1e-8);
    expect(found.distance).toBeGreaterThan(0.3);
    expect(found.stability.value).toBeGreaterThan(10 * found.stability.floor);
  });

  test('rare labels are tested together: 40 that occur once each are no proof', () => {
    const rare = (from: number) => Array.from({ length: 20 }, (_, i) => `rare ${from + i}`);
    const found = labelShift([...times('a', 80), ...rare(0)], [...times('a', 80), ...rare(20)])!;
    expect(found.labels).toBe(41);
    expect(found.pValue).toBe(1);
    // The distance sees that they are others; it is the size, not the evidence.
    expect(found.distance).toBeGreaterThan(0.4);
  });

  test.each([
    [[], ['a']],
    [['a'], []],
  ])('nothing is said of %j against %j', (train, other) => {
    expect(labelShift(train, other)).toBeNull();
  });
});

test('longer texts are a shift of so many characters', () => {
  const texts = Array.from({ length: 60 }, (_, i) => 'x'.repeat(20 + i));
  const longer = texts.map((text) => `${text}${'y'.repeat(30)}`);
  expect(lengthShift(texts, longer)).toMatchObject({ method: 'exact', wasserstein: expect.closeTo(30, 9) });
  expect(lengthShift(texts, longer)!.pValue).toBeLessThan(1e-6);
  expect(lengthShift([], longer)).toBeNull();
});
