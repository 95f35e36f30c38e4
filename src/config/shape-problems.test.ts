import { expect, test } from 'vitest';
import type { SlicewiseError } from '../errors.ts';
import { loadConfig } from './index.ts';

test.each([
  [
    '[{ kind: weird, name: a, files: b }]',
    'baselines[0].kind is "weird", must be model, previous, human or other',
  ],
  ['[{ topk: 3 }]', 'baselines[0] is a map, must be length-only, bag-of-words or a map of other keys'],
])('baselines: %s is answered with what may stand there', async (text, message) => {
  const error = await loadConfig('slicewise.yaml', `baselines: ${text}`).catch(
    (caught: SlicewiseError) => caught,
  );
  expect(error).toMatchObject({ problems: [{ message }] });
});
