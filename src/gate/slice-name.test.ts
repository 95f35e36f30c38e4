import { expect, test } from 'vitest';
import { shortened, sliceLabel } from './slice-name.ts';

test.each<[string, string, 'value' | 'missing', boolean, string]>([
  ['segment', 'refund_flow', 'value', false, 'refund_flow'],
  ['segment', 'refund_flow', 'value', true, 'segment=refund_flow'],
  ['steps', '7', 'value', false, 'steps=7'],
  ['length', '>=8000', 'value', false, 'length=>=8000'],
  ['has_html', 'true', 'value', false, 'has_html=true'],
  ['segment', '(missing)', 'missing', false, 'segment=(missing)'],
  ['segment', '(not listed)', 'value', false, 'segment=(not listed)'],
  ['long prompts', 'long prompts', 'value', true, 'long prompts'],
  ['(all cases)', '(all)', 'value', false, 'all cases'],
  ['segment', '', 'value', false, 'segment=""'],
  ['segment', ' ', 'value', true, 'segment=" "'],
])(
  '%s %j (%s) is called so that it can be found, several dimensions: %s',
  (dimension, value, state, several, name) => {
    expect(sliceLabel({ dimension, value, state }, several)).toBe(name);
  },
);

test('a long name is cut in the middle, between characters', () => {
  expect(shortened('customer_support_refund', 12)).toBe('custom…efund');
  expect(shortened('short', 12)).toBe('short');
  expect([...shortened('👩'.repeat(50))]).toHaveLength(40);
  expect(shortened('👩'.repeat(50)).isWellFormed()).toBe(true);
});
