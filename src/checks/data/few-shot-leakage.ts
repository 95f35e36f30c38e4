/** E-8: cases that stand in the store of examples are answered by copying. */

import type { Check } from '../check.ts';
import { missingForOverlap, type OverlapWords, overlapFindings } from './overlap-rule.ts';

const WORDS: OverlapWords = {
  check: 'few-shot-leakage',
  practice: 'E-8',
  state: 'LEAK',
  store: 'fewShot',
  name: 'the few-shot store',
  remedy:
    'remove the rows from the store, not from the eval set: slicewise splits overlap --remove FILE lists them',
};

export const fewShotLeakage: Check = {
  kind: 'data',
  practice: WORDS.practice,
  missing: missingForOverlap(WORDS, 'a few-shot store (inputs.fewShot)'),
  run: overlapFindings(WORDS),
};
