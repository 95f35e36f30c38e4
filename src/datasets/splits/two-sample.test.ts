/** The classifier two-sample test: what is apart is found with its words, and equal sets seldom look apart. */

import { describe, expect, it } from 'vitest';
import { createRandom } from '../../stats/index.ts';
import { twoSample } from './two-sample.ts';

const WORDS = Array.from({ length: 200 }, (_, at) => `w${at}`);

function drawTexts(seed: number, count: number): string[] {
  const random = createRandom(seed);
  const word = () => WORDS[Math.floor(200 * random.nextFloat() ** 2)]!;
  return Array.from({ length: count }, () => Array.from({ length: 12 }, word).join(' '));
}

const alone = (count: number) => Int32Array.from({ length: count }, (_, at) => at);

describe('twoSample', () => {
  it('tells sets apart by the words that only one of them has', () => {
    const texts = drawTexts(1, 120);
    const found = twoSample(
      texts.slice(0, 60),
      texts.slice(60).map((text) => `${text} regards`),
      alone(120),
      1,
    );
    expect(found!.auc.lower).toBeGreaterThan(0.7);
    expect(found!.features[0]).toMatchObject({ feature: 'regards', points: 'test' });
    expect(found!.judged.train + found!.judged.test).toBe(60);
  });

  it('seldom calls equal sets apart: at most 6 of 80 lower limits lie above a coin', () => {
    const apart = Array.from({ length: 80 }, (_, at) => {
      const texts = drawTexts(at + 10, 80);
      return twoSample(texts.slice(0, 40), texts.slice(40), alone(80), 1)!.auc.lower! > 0.5;
    });
    // 2.5 % is nominal; more than 6 of 80 would come by chance in less than one of 200 runs.
    expect(apart.filter(Boolean).length).toBeLessThanOrEqual(6);
  });

  it('learns nothing from a copy of a text, since copies are in one half', () => {
    const texts = drawTexts(4, 60);
    const sides = [...texts.slice(0, 30), ...texts.slice(0, 30)];
    const others = [...texts.slice(30), ...texts.slice(30)];
    const found = twoSample(
      sides,
      others,
      Int32Array.from({ length: 120 }, (_, at) => (at < 60 ? at % 30 : 30 + (at % 30))),
      1,
    );
    expect(found!.auc.lower!).toBeLessThan(0.6);
  });

  it('says nothing of fewer than ten texts', () => {
    expect(twoSample(['a'], drawTexts(1, 50), alone(51), 1)).toBeNull();
  });
});
