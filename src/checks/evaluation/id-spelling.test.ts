import { expect, test } from 'vitest';
import { idSpelling } from './id-spelling.ts';

test.each([
  [['000', '001', '002'], ['0', '1', '2'], '"000" and "0", "001" and "1"'],
  [['Q-017'], ['q-17'], '"Q-017" and "q-17"'],
  [['a 1 '], ['a1'], '"a 1 " and "a1"'],
])('%j and %j may be the same cases', (baseline, candidate, pairs) => {
  expect(idSpelling(baseline, candidate)).toBe(
    `spell ids alike where they mean one case: ${pairs} differ only in zero padding, case or blanks (nothing is matched by guess)`,
  );
});

test.each([
  [['10'], ['1']],
  [['1.05'], ['1.5']],
  [['a'], ['b']],
  [[], ['b']],
])('%j and %j are different cases', (baseline, candidate) => {
  expect(idSpelling(baseline, candidate)).toBeNull();
});
