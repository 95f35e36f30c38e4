import { expect, test } from 'vitest';
import { createTagCounter } from './tag-values.ts';

test('counts different values, the tags of lists one by one', () => {
  const counter = createTagCounter();
  counter.add({ lang: 'de', topics: ['x', 'y'] });
  counter.add({ lang: 'en', topics: ['y'], empty: null });
  counter.add({ lang: 'de' });
  expect(counter.summary()).toEqual([
    { tag: 'lang', values: 2, isMore: false },
    { tag: 'topics', values: 2, isMore: false },
    { tag: 'empty', values: 0, isMore: false },
  ]);
});

test.each([
  [1_000, false],
  [1_001, true],
])('of %i values says whether there are more than are counted', (values, isMore) => {
  const counter = createTagCounter();
  for (let i = 0; i < values; i += 1) counter.add({ idx: String(i) });
  expect(counter.summary()).toEqual([{ tag: 'idx', values: 1_000, isMore }]);
});

test('tells long texts apart that begin alike', () => {
  const counter = createTagCounter();
  for (const end of ['a', 'b', 'a']) counter.add({ problem: `${'x'.repeat(10_000)}${end}` });
  expect(counter.summary()[0]).toMatchObject({ values: 2 });
});
