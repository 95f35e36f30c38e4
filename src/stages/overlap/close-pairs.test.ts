import { describe, expect, test } from 'vitest';
import { findClosePairs } from './close-pairs.ts';
import { saltedHashes } from './hash-file.ts';
import type { OverlapCase, OverlapRow } from './items.ts';
import { scoreWithout } from './score.ts';
import { OVERLAP_DEFAULTS } from './settings.ts';
import { draftLabels, storeOverlap } from './store-overlap.ts';

const words = (from: number, count: number) =>
  Array.from({ length: count }, (_, k) => `w${from + k}`).join(' ');

const caseOf = (id: string, text: string | null, label: string | null = null): OverlapCase => ({
  id,
  text,
  label,
  drafts: new Map(),
});

async function* rowsOf(texts: readonly (readonly [string | null, string?])[]): AsyncGenerator<OverlapRow> {
  for (const [at, [text, label]] of texts.entries()) {
    yield {
      file: 'train.jsonl',
      line: at + 1,
      label: label ?? null,
      content: text === null ? null : { kind: 'text', text },
    };
  }
}

const find = (cases: readonly OverlapCase[], rows: readonly (readonly [string | null, string?])[]) =>
  findClosePairs(cases, rowsOf(rows), OVERLAP_DEFAULTS, null);

describe('pairs', () => {
  test('are exact, near, similar or nothing', async () => {
    const found = await find(
      [
        caseOf('exact', words(0, 20)),
        caseOf('near', words(1000, 300)),
        caseOf('similar', words(2000, 40)),
        caseOf('far', words(3000, 40)),
        caseOf('short', 'reset my password'),
        caseOf('none', null),
      ],
      [
        [` ${words(0, 20).toUpperCase()} `],
        [`${words(1000, 300)} more`],
        [`${words(2000, 38)} other words`],
        [`${words(3000, 10)} ${words(9000, 30)}`],
        ['Reset my  password'],
        [null],
      ],
    );
    expect(found.closest).toEqual(['exact', 'near', 'similar', null, null, null]);
    expect(
      found.pairs.map(({ closeness, intersection, union, smaller }) => [
        closeness,
        intersection,
        union,
        smaller,
      ]),
    ).toEqual([
      ['exact', 18, 18, 18],
      ['near', 298, 299, 298],
      ['similar', 36, 40, 38],
    ]);
    expect(found.remove.map(({ line }) => line)).toEqual([1, 2]);
    expect([found.short, found.shortEqual, found.rowsWithoutText, found.rows]).toEqual([1, 1, 1, 6]);
    expect(found.shortCopies).toEqual([
      { caseId: 'short', row: { file: 'train.jsonl', line: 5 }, caseLabel: null, rowLabel: null },
    ]);
  });

  test('of equal words and other punctuation are near, and never exact', async () => {
    const found = await find([caseOf('a', 'one, two three four five')], [['one two three four five!']]);
    expect(found.closest).toEqual(['near']);
  });

  test('are counted for every case, also where many have one text', async () => {
    const cases = Array.from({ length: 300 }, (_, k) => caseOf(`c${k}`, words(0, 9)));
    const found = await find(
      cases,
      Array.from({ length: 200 }, () => [words(0, 9)] as const),
    );
    expect(found.pairsBy.exact).toBe(60_000);
    expect(found.pairs).toHaveLength(10_000);
    expect(found.closest.every((one) => one === 'exact')).toBe(true);
  });

  test('of salted hashes are the same pairs', async () => {
    const salted = saltedHashes(OVERLAP_DEFAULTS.grams, 'pepper');
    async function* hashed(): AsyncGenerator<OverlapRow> {
      for (const [at, text] of [words(0, 20), words(500, 20)].entries()) {
        const content = { kind: 'hashes', hashed: salted.read(text), flat: salted.flat(text) } as const;
        yield { file: 'h', line: at + 1, label: null, content };
      }
    }
    const cases = [caseOf('a', words(0, 20).toUpperCase()), caseOf('b', words(900, 20))];
    const found = await findClosePairs(cases, hashed(), OVERLAP_DEFAULTS, salted);
    expect(found.closest).toEqual(['exact', null]);
  });
});

describe('a store', () => {
  const values = {
    metric: 'passRate',
    isRate: true,
    hasBaseline: true,
    byCase: new Map([
      ['a', { baseline: 0, candidate: 1 }],
      ['b', { baseline: 1, candidate: 1 }],
      ['c', { baseline: 1, candidate: 0 }],
      ['d', { baseline: 0, candidate: 0 }],
    ]),
  };
  const cases = ['a', 'b', 'c', 'd'].map((id, at) => caseOf(id, words(at * 100, 12), 'x'));

  test('has labels, fates and scores of what was copied', async () => {
    const rows = rowsOf([
      [words(0, 12), 'x'],
      [words(100, 12), 'y'],
      [words(100, 12), 'x'],
    ]);
    const side = { store: 'train', files: ['t'], rows, salted: null } as const;
    const found = await storeOverlap(cases, side, OVERLAP_DEFAULTS, values, 0.95);
    expect(found).toMatchObject({
      overlapping: ['a', 'b'],
      conflicting: ['b'],
      sameLabel: 2,
      failing: 1,
      failingNowPass: 1,
      compared: 4,
    });
    expect(found.candidate).toMatchObject({ all: { estimate: 0.5, n: 4 }, clean: { estimate: 0, n: 2 } });
    expect(found.baseline).toMatchObject({ clean: { estimate: 0.5 }, overlapping: { estimate: 0.5 } });
  });

  test('of which nothing is clean leaves no score', () => {
    const score = scoreWithout(values, 'candidate', new Set(['a', 'b', 'c', 'd']), 0.95);
    expect(score.clean.estimate).toBeNull();
    expect(score.gap).toBeNull();
  });

  test('of drafts says how often the label is the draft', () => {
    const drafted = cases.map((one, at) => ({ ...one, drafts: new Map([['draft', at < 2 ? 'x ' : 'z']]) }));
    expect(draftLabels(drafted, values, 0.95)).toMatchObject([
      { column: 'draft', cases: 4, equal: 2, passEqual: { estimate: 1 }, passChanged: { estimate: 0 } },
    ]);
  });
});
