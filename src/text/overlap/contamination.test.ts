import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sharedPath } from '../../../test/shared-folder.ts';
import { createContaminationScan } from './contamination.ts';

const corpus = sharedPath('golden/neardup/corpus.jsonl');
const answers = sharedPath('golden/neardup/pairs.json');
if (corpus === null || answers === null) console.log('skipped: no golden contamination here');

const ITEM = 'one two three four five six';

function scanned(items: readonly string[], texts: readonly string[], n = 3, stopItems = 100) {
  const scan = createContaminationScan(items, { n, stopItems });
  texts.forEach((text, source) => void scan.scan(text, source));
  return scan.finish();
}

describe('long runs of words', () => {
  test('are found inside a longer text, wherever its lines break', () => {
    const { items } = scanned([ITEM], ['zero one\ntwo THREE\n\nfour, eight']);
    expect(items).toEqual([
      { item: 0, hits: 2, positions: 4, longest: 4, sources: [{ source: 0, runs: 2 }] },
    ]);
  });

  test('shorter items count where a whole text has the same words', () => {
    expect(scanned(['one two'], ['one two three']).items).toEqual([]);
    expect(scanned(['one two'], ['One, two!']).items).toMatchObject([{ hits: 1, positions: 1, longest: 2 }]);
    expect(scanned(['one two'], ['one two three']).longItems).toBe(0);
  });

  test('that stand in many items do not count', () => {
    const items = ['a b c one two x', 'a b c three four y', 'a b c five six z'];
    const found = scanned(items, ['a b c five six z'], 3, 2);
    expect(found.stopRuns).toBe(1);
    expect(found.items).toMatchObject([{ item: 2, hits: 3, positions: 3 }]);
  });

  test('name the sources that gave most first', () => {
    const [item] = scanned([ITEM], ['one two three', 'two three four five six']).items;
    expect(item!.sources).toEqual([
      { source: 1, runs: 3 },
      { source: 0, runs: 1 },
    ]);
  });
});

describe.skipIf(corpus === null || answers === null)('against a recount on texts', () => {
  const rows = (corpus === null ? [] : readFileSync(corpus, 'utf8').trimEnd().split('\n')).map(
    (line) => JSON.parse(line) as { split: string; text: string },
  );
  const golden = answers === null ? null : JSON.parse(readFileSync(answers, 'utf8'));

  test.each([8, 13])('positions hit by runs of %d words are the same', (n) => {
    const wanted = golden.contamination_test_against_train[n];
    const test = rows.flatMap(({ split }, row) => (split === 'test' ? [row] : []));
    const scan = createContaminationScan(
      test.map((row) => rows[row]!.text),
      { n, stopItems: Number.POSITIVE_INFINITY },
    );
    rows.forEach(({ split, text }, row) => void (split === 'train' && scan.scan(text, row)));
    const found = scan.finish();
    const long = found.items.filter(({ longest }) => longest >= n);
    expect(found.longItems).toBe(wanted.test_texts_long_enough);
    expect(long.map(({ item, hits, positions }) => [test[item], hits, positions])).toEqual(wanted.data);
  });
});
