import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sharedPath } from '../../test/shared-folder.ts';
import { separatingFeatures, topFeatures } from './explain.ts';
import {
  crossFit,
  type FeatureColumn,
  fitTextClassifier,
  loadTextClassifier,
  saveTextClassifier,
} from './index.ts';

const TEXTS = [
  'I lost my card yesterday',
  'my card was stolen',
  'card is lost, please block it',
  'the top up did not arrive',
  'my top up failed again',
  'why is the top up pending?',
  'how is the weather',
  'weather of tomorrow please',
];
const LABELS = ['card', 'card', 'card', 'top-up', 'top-up', 'top-up', 'other', 'other'];

describe('a fitted classifier', () => {
  it('answers what it has learnt, with probabilities that sum to 1 in code point order', () => {
    const classifier = fitTextClassifier(TEXTS, LABELS);
    const [card, topUp, nothing] = classifier.predict(['lost card', 'TOP UP?', '']);
    expect(classifier.labels).toEqual(['card', 'other', 'top-up']);
    expect([card!.label, topUp!.label]).toEqual(['card', 'top-up']);
    for (const { probabilities } of [card!, topUp!, nothing!]) {
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
    }
  });

  it.each([
    ['another seed', { seed: 2 }, false],
    ['the same options', {}, true],
  ])('gives the same bytes with %s: %s', (_name, options, same) => {
    const before = saveTextClassifier(fitTextClassifier(TEXTS, LABELS));
    const after = saveTextClassifier(fitTextClassifier(TEXTS, LABELS, options));
    expect(after.replace(/"seed":\d/, '') === before.replace(/"seed":\d/, '')).toBe(same);
  });

  it('answers the only class that there is', () => {
    const [only] = fitTextClassifier(['a', 'b'], ['x', 'x']).predict(['c']);
    expect(only).toEqual({ label: 'x', probabilities: Float64Array.of(1) });
  });

  it('gives two classes one score, with the pull of one vector', () => {
    const { data } = fitTextClassifier(TEXTS.slice(0, 6), LABELS.slice(0, 6));
    expect(data.linear.columns).toBe(1);
    expect(data.linear.weights).toHaveLength(data.features.length);
  });

  it('explains itself by the features of a class and by those that separate', () => {
    const classifier = fitTextClassifier(TEXTS, LABELS);
    expect(topFeatures(classifier, 'card', 1)[0]).toMatchObject({ column: 'text', feature: 'card' });
    expect(topFeatures(classifier, 'top-up', 3).map(({ feature }) => feature)).toContain('top up');
    expect(separatingFeatures(classifier, 2).map(({ label }) => label)).not.toContain('nobody');
    expect(() => topFeatures(classifier, 'nobody', 1)).toThrow('knows no class "nobody"');
  });

  it('keeps at most the wanted features, the most frequent first', () => {
    const { data } = fitTextClassifier(TEXTS, LABELS, { words: [1, 1], maxFeatures: 3 });
    expect(data.features).toEqual(['my', 'card', 'is']);
  });

  it('drops features of fewer rows than wanted', () => {
    const { data } = fitTextClassifier(['a b', 'a c', 'd'], ['x', 'y', 'x'], { words: [1, 1], minRows: 2 });
    expect(data.features).toEqual(['a']);
  });
});

describe('columns beside texts', () => {
  const columns: readonly FeatureColumn[] = [
    { kind: 'text', name: 'subject', values: ['hello', null, 'hello', 'offer'] },
    { kind: 'category', name: 'channel', values: ['mail', 'mail', null, 'web'] },
    { kind: 'number', name: 'length', values: [1, 5, null, 900] },
  ];
  const labels = ['ham', 'ham', 'ham', 'spam'];

  it('become features of their own', () => {
    const { data } = fitTextClassifier(columns, labels, { words: [1, 1] });
    expect(new Set(data.features)).toEqual(
      new Set(['hello', 'offer', '=mail', '=web', 'none', 'below 5', '5 to below 900', 'from 900']),
    );
  });

  it('are found by name, and missed by name', () => {
    const classifier = fitTextClassifier(columns, labels);
    expect(classifier.predict([...columns].reverse())).toEqual(classifier.predict(columns));
    expect(() => classifier.predict(columns.slice(1))).toThrow('reads the column subject, which is missing');
  });
});

describe('classes of different sizes', () => {
  const texts = [
    ...Array.from({ length: 60 }, (_, i) => `alpha ${i % 7}`),
    'beta 1',
    'alpha 2 beta',
    'alpha 3',
  ];
  const labels = [...Array.from({ length: 60 }, () => 'common'), 'rare', 'rare', 'rare'];
  const rareOf = (options: object) =>
    fitTextClassifier(texts, labels, options).predict(['alpha 3'])[0]!.probabilities[1]!;

  it.each([
    ['weights', { classWeight: 'balanced' as const }],
    ['repeated rows', { sample: 'up' as const }],
    ['dropped rows', { sample: 'down' as const }],
  ])('weigh the same by %s', (_name, options) => {
    expect(rareOf(options)).toBeGreaterThan(3 * rareOf({}));
  });
});

describe('bad input', () => {
  it.each([
    ['no rows', [], [], {}, 'there are no rows'],
    ['labels that do not fit', ['a'], [], {}, '0 labels for 1 rows'],
    [
      'free text for labels',
      Array.from({ length: 2001 }, (_, i) => String(i)),
      Array.from({ length: 2001 }, (_, i) => String(i)),
      {},
      '2001 different labels in 2001 rows',
    ],
    [
      "Platt's line for three classes",
      TEXTS,
      LABELS,
      { calibrate: 'platt' as const },
      'for two classes, there are 3',
    ],
    ['nothing to learn from', TEXTS, LABELS, { words: null }, 'nothing to learn from'],
    ['options that cannot be', TEXTS, LABELS, { passes: 0, strength: Number.NaN }, 'strength is NaN'],
  ])('%s', (_name, texts, labels, options, message) => {
    expect(() => fitTextClassifier(texts, labels, options)).toThrow(message);
  });

  it('takes any text for a text, whatever it holds', () => {
    const anyText = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyText, fc.constantFrom('a', 'b', 'c')), { minLength: 1, maxLength: 8 }),
        (rows) => {
          const texts = rows.map(([text]) => text);
          const options = { words: [1, 2] as const, characters: [2, 3] as const };
          const classifier = fitTextClassifier(
            texts,
            rows.map(([, label]) => label),
            options,
          );
          const loaded = loadTextClassifier(saveTextClassifier(classifier), 'm.json');
          expect(loaded.predict(texts)).toEqual(classifier.predict(texts));
          expect(classifier.data.features.every((name) => typeof name === 'string')).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('cross-fitted predictions', () => {
  const texts = Array.from({ length: 120 }, (_, i) => `${i % 2 ? 'red' : 'blue'} thing ${i}`);
  const labels = texts.map((_, i) => (i % 2 ? 'r' : 'b'));

  it('hold every row out once, with classes spread evenly', () => {
    const { predictions, fold, labels: names } = crossFit(texts, labels, { folds: 4 });
    expect(names).toEqual(['b', 'r']);
    expect(predictions.map(({ label }) => label)).toEqual(labels);
    for (let f = 0; f < 4; f++) {
      expect(labels.filter((label, row) => fold[row] === f && label === 'r')).toHaveLength(15);
    }
  });

  it('know nothing of a row whose label is noise', () => {
    const noise = texts.map((_, i) => ((i * 7919) % 13 < 6 ? 'x' : 'y'));
    const { predictions } = crossFit(
      Array.from({ length: 120 }, (_, i) => `unique${i}`),
      noise,
      { folds: 5 },
    );
    const right = predictions.filter(({ label }, i) => label === noise[i]).length;
    expect(right).toBeLessThan(75);
  });

  it('keep groups together, and refuse more folds than groups', () => {
    const groups = texts.map((_, i) => `g${Math.floor(i / 20)}`);
    const { fold } = crossFit(texts, labels, { folds: 3, groups });
    for (const group of new Set(groups)) {
      expect(new Set(fold.filter((_, row) => groups[row] === group)).size).toBe(1);
    }
    expect(() => crossFit(texts, labels, { folds: 7, groups })).toThrow('7 folds of 6 groups');
  });
});

describe('calibration', () => {
  const texts = Array.from({ length: 400 }, (_, i) => `w${i % 4} v${i}`);
  const labels = texts.map((_, i) => ((i * 31) % 10 < (i % 4) * 3 ? 'yes' : 'no'));

  it.each(['temperature', 'platt'] as const)(
    'by %s lowers the log loss of rows that were held out',
    (calibrate) => {
      const loss = (options: object) => {
        const { predictions, labels: names } = crossFit(
          texts,
          labels,
          { folds: 4 },
          { strength: 1000, ...options },
        );
        return (
          predictions.reduce(
            (sum, { probabilities }, i) => sum - Math.log(probabilities[names.indexOf(labels[i]!)]!),
            0,
          ) / 400
        );
      };
      expect(loss({ calibrate })).toBeLessThan(loss({}));
    },
  );
});

describe('a saved classifier', () => {
  const saved = saveTextClassifier(fitTextClassifier(TEXTS, LABELS, { characters: [3, 4] }));

  it.each([
    ['a file that is cut', saved.slice(0, 500), 'm.json is not JSON'],
    [
      'a changed weight',
      saved.replace(/"weights":"..../, '"weights":"AAAA'),
      'm.json is damaged: its checksum',
    ],
    ['another document', '{"a":1}', 'm.json is no text classifier'],
    [
      'a newer file',
      saved.replace('"version":1', '"version":2'),
      'has version 2 of the format, this Slicewise reads up to 1',
    ],
    ['a list', '[]', 'is no text classifier'],
  ])('is refused as %s', (_name, text, message) => {
    expect(() => loadTextClassifier(text, 'm.json')).toThrow(message);
  });
});

const banking = sharedPath('data', 'banking77');

describe.skipIf(banking === null)('on BANKING77', () => {
  const load = (name: string): Record<string, string>[] =>
    parse(gunzipSync(readFileSync(`${banking}/${name}`)), { columns: true });

  it('is as accurate as scikit-learn within .005: .8773 of words, .8948 of words and pairs', () => {
    const [train, test] = [load('train.csv.gz'), load('cases.csv.gz')];
    const accuracy = (options: object) => {
      const classifier = fitTextClassifier(
        train.map(({ text }) => text!),
        train.map(({ category }) => category!),
        options,
      );
      const found = classifier.predict(test.map(({ text }) => text!));
      return found.filter(({ label }, i) => label === test[i]!.label).length / test.length;
    };
    expect(accuracy({ words: [1, 1], sublinear: false, strength: 1 })).toBeGreaterThan(0.8773 - 0.005);
    expect(accuracy({})).toBeGreaterThan(0.8948 - 0.005);
  }, 60_000);
});
