import { expect, test } from 'vitest';
import { loadConfig } from './load-config.ts';
import { configFromFlags, mergeFlags } from './merge-flags.ts';

test('words of the file and of flags come together, and what is typed wins', async () => {
  const config = await loadConfig(
    'slicewise.yaml',
    'passWords: { passed: [bestanden, 1], failed: [offen, 007] }',
  );
  expect(config.passWords).toEqual({ passed: ['bestanden', '1'], failed: ['offen', '007'] });
  const merged = mergeFlags(config, { passWords: ['Offen, erfüllt'], failWords: ['verfehlt'] });
  expect(merged.passWords).toEqual({
    passed: ['bestanden', '1', 'Offen', 'erfüllt'],
    failed: ['007', 'verfehlt'],
  });
  expect(configFromFlags({}).passWords).toBeUndefined();
});

test.each([
  [{ passWords: ['ja'], failWords: ['JA'] }, '--fail-words JA is named by --pass-words as well'],
  [{ passWords: ['ja,'] }, '--pass-words "ja," has an empty word'],
])('%j is refused', (flags, message) => {
  expect(() => configFromFlags(flags)).toThrow(message);
});

test('a word with two meanings and a blank one are refused where they stand', async () => {
  await expect(loadConfig('a.yaml', 'passWords:\n  passed: [ja, " "]\n  failed: [Ja]\n')).rejects.toThrow(
    'passWords.passed[1] is blank, which means unscored (a.yaml:2:16)\npassWords.failed[0] is "Ja", which is in passed as well (a.yaml:3:12)',
  );
});
