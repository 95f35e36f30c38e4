import { describe, expect, it } from 'vitest';
import { trainClassifier } from './classifier.ts';
import { fitTfIdf, toVector } from './tf-idf.ts';
import { countWords, type Lexicon } from './tokens.ts';

describe('the spam filter', () => {
  it('counts words without regard to case and numbers them as they come', () => {
    const lexicon: Lexicon = { ids: new Map() };
    const { words, counts } = countWords('Free $$$ FREE, a <b>offer</b> x9', lexicon);
    expect([...lexicon.ids.keys()]).toEqual(['free', '$$$', 'offer', 'x9']);
    expect([...words]).toEqual([0, 1, 2, 3]);
    expect([...counts]).toEqual([2, 1, 1, 1]);
  });

  it('weighs a word by how rare it is, and leaves out words of a single training mail', () => {
    const lexicon: Lexicon = { ids: new Map() };
    const mails = ['aa bb', 'aa bb', 'aa cc'].map((body) => countWords(body, lexicon));
    const tfIdf = fitTfIdf(mails, lexicon.ids.size);
    expect([...tfIdf.idf]).toEqual([1, Math.log(4 / 3) + 1, 0]);
    const vector = toVector(countWords('aa aa bb cc', lexicon), tfIdf);
    expect([...vector.words]).toEqual([0, 1]);
    // 1 + ln 2 against ln(4/3) + 1, scaled to length one
    expect(vector.weights[0]).toBeCloseTo(0.7959605, 7);
    expect(vector.weights[1]).toBeCloseTo(0.6053485, 7);
  });

  it('leaves a mail without known words undecided by its words', () => {
    const tfIdf = { idf: new Float64Array(1) };
    expect(toVector({ words: Int32Array.of(0), counts: Int32Array.of(3) }, tfIdf).words).toHaveLength(0);
  });

  it('learns to tell two kinds of mail apart, the same way every time', () => {
    const lexicon: Lexicon = { ids: new Map() };
    const mails = Array.from({ length: 40 }, (_, i) => ({
      counts: countWords(i % 2 === 0 ? 'win money now' : 'lunch now then', lexicon),
      isSpam: i % 2 === 0,
    }));
    const first = trainClassifier(mails, lexicon.ids.size);
    const again = trainClassifier(mails, lexicon.ids.size);
    const spam = countWords('money now', lexicon);
    expect(first(spam)).toBeGreaterThan(0.9);
    expect(first(countWords('lunch then', lexicon))).toBeLessThan(0.1);
    expect(again(spam)).toBe(first(spam));
  });
});
