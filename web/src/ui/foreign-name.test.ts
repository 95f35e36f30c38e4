import { expect, test } from 'vitest';
import { harmless, shortened } from './foreign-name.ts';

test.each([
  ['a short name stays', 'refund', 6, 'refund', 'refund'],
  ['a long one says that it is cut', 'declined_card_payment', 12, 'declined_ca…', 'declin…yment'],
  ['pairs of surrogates stay whole', '🦊'.repeat(9), 5, '🦊🦊🦊🦊…', '🦊🦊…🦊🦊'],
  ['a pair on the edge of what is looked at', `a${'🦊'.repeat(40)}b`, 5, 'a🦊🦊🦊…', 'a🦊…🦊b'],
  ['twice as many units as points', '🦊'.repeat(6), 5, '🦊🦊🦊🦊…', '🦊🦊…🦊🦊'],
  ['marks that turn text around are spelled out', 'a\u202eb', 20, 'a\\u202eb', 'a\\u202eb'],
])('%s', (_, text, most, atEnd, inMiddle) => {
  expect(harmless(text, most)).toBe(atEnd);
  expect(shortened(text, most)).toBe(inMiddle);
});

test('the end of a name of megabytes is its own end', () => {
  expect(shortened(`first${'x'.repeat(3e6)}last`, 9)).toBe('firs…last');
});
