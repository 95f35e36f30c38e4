/** Divergence of two sets of texts against counts by hand, the shared reference value and its own null. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { DIVERGENCE_DEFAULTS, textDivergence } from './divergence.ts';

/** A small seeded source (mulberry32). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const options = (seed: number) => ({ ...DIVERGENCE_DEFAULTS, permutations: 99, uniform: uniformFrom(seed) });

describe('textDivergence', () => {
  it('is 0 for the same words and 1 where no word is shared', () => {
    const same = textDivergence(['a b', 'b a'], Uint8Array.of(0, 1), { ...options(1), longest: 1 });
    expect(same!.bits).toBeCloseTo(0, 12);
    const apart = textDivergence(['a b', 'c d'], Uint8Array.of(0, 1), { ...options(1), longest: 1 });
    expect(apart!.bits).toBeCloseTo(1, 12);
  });

  it('tests nothing with one text on a side, and says so by 0 exchanges', () => {
    expect(textDivergence(['a b', 'c d'], Uint8Array.of(0, 1), options(1))).toMatchObject({
      permutations: 0,
      pValue: 1,
    });
  });

  it('knows no answer where a side has no word', () => {
    expect(textDivergence(['a b', '!!'], Uint8Array.of(0, 1), options(1))).toBeNull();
  });

  it('finds two vocabularies apart, and texts dealt out at random not', () => {
    const uniform = uniformFrom(7);
    const draw = (words: readonly string[]) =>
      Array.from({ length: 12 }, () => words[Math.floor(uniform() * words.length)]).join(' ');
    const bank = ['card', 'pay', 'bank', 'the', 'my', 'a', 'lost', 'fee'];
    const trip = ['ship', 'boat', 'sea', 'the', 'my', 'a', 'wind', 'port'];
    const side = Uint8Array.from({ length: 80 }, (_, at) => (at < 40 ? 0 : 1));
    const apart = Array.from({ length: 80 }, (_, at) => draw(at < 40 ? bank : trip));
    expect(textDivergence(apart, side, options(2))!.pValue).toBe(0.01);
    const pValues = Array.from({ length: 40 }, (_, at) => {
      const alike = Array.from({ length: 80 }, () => draw(bank));
      return textDivergence(alike, side, { ...options(at), permutations: 19 })!.pValue;
    });
    expect(pValues.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(6);
  });

  it('moves groups whole, so that a source that repeats itself is no evidence', () => {
    const texts = Array.from({ length: 40 }, (_, at) => `word${Math.floor(at / 10)} common`);
    const side = Uint8Array.from({ length: 40 }, (_, at) => (at < 20 ? 0 : 1));
    const groups = Int32Array.from({ length: 40 }, (_, at) => Math.floor(at / 10));
    expect(textDivergence(texts, side, options(3))!.pValue).toBe(0.01);
    expect(textDivergence(texts, side, { ...options(3), groups })!.pValue).toBeGreaterThan(0.3);
  });

  it('matches the reference divergence of single words', ({ skip }) => {
    const folder = sharedPath('golden/neardup');
    if (folder === null) return skip('the folder of reference data is absent');
    const rows = readFileSync(`${folder}/corpus.jsonl`, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly split: string; readonly text: string });
    const { word1_jsd_bits_train_vs_test: expected } = JSON.parse(
      readFileSync(`${folder}/pairs.json`, 'utf8'),
    );
    const found = textDivergence(
      rows.map(({ text }) => text),
      Uint8Array.from(rows, ({ split }) => (split === 'train' ? 0 : 1)),
      { ...options(4), longest: 1, buckets: 1 << 22, permutations: 0 },
    );
    // Buckets merge a few words, which can only lower the divergence.
    expect(Math.abs(found!.bits - (expected.bits ?? expected))).toBeLessThan(1e-4);
  });
});
