import { expect, test } from 'vitest';
import { formatCount, formatP, formatQuantity, formatShare } from './numbers.ts';
import { scaleOf } from './scale.ts';
import { visible } from './visible.ts';

test.each([
  [0, '<.001'],
  [0.00099, '<.001'],
  [0.001, '.0010'],
  [0.0078125, '.0078'],
  [0.00996, '.010'],
  [0.0309, '.031'],
  [0.05, '.050'],
  [0.99949, '.999'],
  [0.9996, '1.00'],
  [1, '1.00'],
  [null, '-'],
])('p %d reads %s', (p, text) => {
  expect(formatP(p)).toBe(text);
});

test.each([
  [0, '0'],
  [999, '999'],
  [1200, '1,200'],
  [1_000_000, '1,000,000'],
])('count %d reads %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test.each([
  [0, '0'],
  [0.81234, '0.8123'],
  [1234.56, '1,235'],
  [-912.14, '-912.1'],
  [1e12, '1.00e+12'],
  [0.00000123, '1.23e-6'],
])('quantity %d reads %s', (value, text) => {
  expect(formatQuantity(value)).toBe(text);
});

test('budgets lose their trailing zeros', () => {
  expect([0.05, 0.25, 0.032].map(formatShare)).toEqual(['.05', '.25', '.032']);
});

test.each([
  ['passRate', -0.14893617, '-14.9'],
  ['passRate', 0.07142857, '+7.1'],
  ['passRate', -0.0001, '0.0'],
  ['pass@3', 0.5, '+50.0'],
  ['p95:latency', 33.512, '+33.5'],
  ['mean:helpfulness', -0.0123456, '-0.0123'],
])('a difference of %s of %d reads %s', (metric, delta, text) => {
  expect(scaleOf(metric).delta(delta)).toBe(text);
});

test.each([
  ['a\u001b[31mb\n', 'a\\x1b[31mb\\n'],
  ['\u202eevil', '\\u202eevil'],
  ['\ud800', '\\ud800'],
  ['日本 é \u{1f469}\u200d\u{1f469}', '日本 é \u{1f469}\u200d\u{1f469}'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
