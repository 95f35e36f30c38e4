import { expect, test } from 'vitest';
import { estimateWords } from './estimate-words.ts';

const estimate = { estimate: 0.4, lower: 0.3, upper: 0.5, level: 0.95, method: 'm', n: 40 };
const told = (check: string, more: object = {}) => ({
  ...{ check, slice: null, verdict: null, reason: '', estimate },
  ...more,
});

test.each([
  ['trivial-baselines', {}, 'Lift over the trivial answer', 'points'],
  ['confusion-pairs', { verdict: 'REVIEW' }, 'Change of its share of the class', 'points'],
  ['class-recall', { verdict: 'BLOCK' }, 'Recall of the class after', 'rate'],
  ['class-recall', {}, 'Accuracy after', 'rate'],
  ['proper-scores', { slice: 'calibration/a=b' }, 'Promised minus true', 'points'],
  ['proper-scores', { reason: 'Brier 0.2 to 0.1 (change -0.1)' }, 'Change of the Brier score', 'change'],
  ['proper-scores', {}, 'Brier score', 'number'],
  ['win-or-noise', { estimate: { ...estimate, upper: 3 } }, 'Change of the mean', 'change'],
  ['one-to-come', {}, 'Estimate', 'rate'],
  ['constructor', { estimate: { ...estimate, upper: 3 } }, 'Estimate', 'number'],
] as const)('the estimate of %s with %j is "%s", in %s', (check, more, name, kind) => {
  expect(estimateWords(told(check, more))).toEqual({ name, kind });
});
