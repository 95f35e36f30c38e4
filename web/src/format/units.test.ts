import { expect, test } from 'vitest';
import { measuredText } from './numbers.ts';
import { changeIn, rangeIn, statedIn, tickIn, valueIn } from './units.ts';

const RATE = { isRate: true };
const NUMBER = { isRate: false };

test.each([
  [RATE, 0.5, 'value', '50%'],
  [RATE, 0.005, 'value', '0.5%'],
  [RATE, 0.1, 'change', '+10'],
  [RATE, -0.105, 'change', '−10.5'],
  [RATE, 0, 'change', '0'],
  [RATE, 0, 'value', '0%'],
  [NUMBER, 0.05, 'value', '0.05'],
  [NUMBER, 1.02, 'value', '1.02'],
  [NUMBER, 10.05, 'value', '10.05'],
  [NUMBER, 3, 'value', '3'],
  [NUMBER, 0.05, 'change', '+0.05'],
  [NUMBER, -1.02, 'change', '−1.02'],
] as const)('a mark of an axis: %j %d as a %s is %s', (unit, value, what, text) => {
  expect(tickIn(unit, value, what)).toBe(text);
});

test('changes have a sign in any unit, and a range has its percent sign once', () => {
  expect([changeIn(NUMBER, 2.5), changeIn(RATE, 0.025), changeIn(NUMBER, null)]).toEqual([
    '+2.500',
    '+2.5',
    '–',
  ]);
  expect([valueIn(RATE, 0.766), rangeIn(RATE, 0.628, 0.864, 'value')]).toEqual(['76.6%', '62.8 to 86.4%']);
});

test.each([
  [0.86, '0.8600'],
  [13.4, '13.40'],
  [-0.31, '−0.3100'],
  [999.97, '1,000'],
  [123_456.7, '123,500'],
  [0, '0'],
  [null, '–'],
] as const)('a measured %j keeps its digits: %s', (value, text) => {
  expect(measuredText(value)).toBe(text);
});

test('what somebody set stands as it was set', () => {
  expect([statedIn(NUMBER, 0.5, 'value'), statedIn(NUMBER, 0.05, 'change')]).toEqual(['0.5', '+0.05']);
  expect([statedIn(RATE, 0.9, 'value'), statedIn(RATE, -0.05, 'change')]).toEqual(['90.0%', '−5.0']);
});
