import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { loadLanguageDetector } from './language.ts';
import { SENTENCES } from './test-languages.ts';

const detect = await loadLanguageDetector();

describe('the language of a text', () => {
  it.each(SENTENCES)('is %s', (language, _script, text) => {
    expect(detect(text)).toBe(language);
  });

  it.each(['', '   ', '12345', '😀😀', '\ud800', 'ok', 'refund', 'asdf qwer zxcv', '{}'])(
    'is unknown for %j',
    (text) => {
      expect(detect(text)).toBe('unknown');
    },
  );

  it('is English for every one of 1,500 questions to a bank', (context) => {
    const path = sharedPath('data/banking77/cases.csv.gz');
    if (path === null) return context.skip('the data is not here');
    const rows = parse(gunzipSync(readFileSync(path)), { columns: true }) as { text: string }[];
    const found = Map.groupBy(rows.slice(0, 1500), ({ text }) => detect(text));
    expect([...found].map(([language, texts]) => [language, texts.length])).toEqual([['en', 1500]]);
  });

  it('of 10 MB costs no more than that of its first 1,000 characters', () => {
    const started = performance.now();
    expect(detect('where is the card that I ordered '.repeat(300_000))).toBe('en');
    expect(performance.now() - started).toBeLessThan(200);
  });
});
