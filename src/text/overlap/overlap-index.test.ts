import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGramKind } from './gram-kind.ts';
import { createGramReader } from './gram-reader.ts';
import { literalGrams } from './literal-grams.ts';
import { createOverlapIndex, LEFT_OUT, type OverlapIndexOptions } from './overlap-index.ts';
import { exactRatio, reaches } from './ratio.ts';

const KEPT = { share: 1, texts: 0 };

function indexOf(texts: readonly string[], kind: string, options: Partial<OverlapIndexOptions> = {}) {
  const grams = readGramKind(kind)!;
  const reader = createGramReader(grams);
  const builder = createOverlapIndex({
    grams,
    ratio: exactRatio(0.995),
    minTokens: 0,
    boilerplate: KEPT,
    ...options,
  });
  for (const text of texts) {
    reader.read(text);
    builder.add(reader);
  }
  const index = builder.finish();
  return {
    ...index,
    ask: (text: string) => {
      reader.read(text);
      return index.probe(reader);
    },
  };
}

test('whatever the texts, exactly the sets that reach the threshold are found, with what they share', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const text = fc.array(word, { maxLength: 12 }).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 10 }),
      fc.array(text, { maxLength: 6 }),
      fc.constantFrom(0.5, 0.7, 0.8, 0.995, 1),
      (items, asked, threshold) => {
        const ratio = exactRatio(threshold);
        const { setOf, ask } = indexOf(items, 'word2', { ratio });
        const gramsOf = (one: string) => new Set(literalGrams(one, readGramKind('word2')!));
        for (const one of asked) {
          const found = new Map(ask(one).map((close) => [close.set, close]));
          items.forEach((item, number) => {
            const [a, b] = [gramsOf(one), gramsOf(item)];
            const intersection = [...a].filter((gram) => b.has(gram)).length;
            const union = a.size + b.size - intersection;
            const close = found.get(setOf[number]!);
            if (reaches(ratio, intersection, union)) {
              expect(close).toMatchObject({ intersection, union, size: b.size });
            } else expect(close).toBeUndefined();
          });
        }
      },
    ),
    { numRuns: 400 },
  );
});

describe('boilerplate', () => {
  const header = Array.from({ length: 30 }, (_, k) => `header${k}`).join(' ');
  const bodies = Array.from({ length: 20 }, (_, k) => `this is body number n${k} about m${k} and more`);
  const rule = { share: 0.5, texts: 5 };

  test('on every text does not make texts close, and a copied body is found under another header', () => {
    const items = bodies.map((body) => `${header} ${body}`);
    const kept = indexOf(items, 'word3', { ratio: exactRatio(0.5) });
    const stripped = indexOf(items, 'word3', { ratio: exactRatio(0.5), boilerplate: rule });
    const other = `${header} nothing of the others is said here at all`;
    expect(kept.ask(other).length).toBe(20);
    expect(stripped.ask(other)).toEqual([]);
    expect(stripped.boilerplate.size).toBeGreaterThanOrEqual(28);
    expect(stripped.ask(items[3]!.toUpperCase())).toMatchObject([{ set: stripped.setOf[3] }]);
  });

  test('alone is no text', () => {
    const { setOf } = indexOf([...bodies.map((body) => `${header} ${body}`), header], 'word3', {
      boilerplate: rule,
    });
    expect(setOf[20]).toBe(LEFT_OUT.boilerplate);
  });

  test('is not found where one text stands many times', () => {
    const { boilerplate, ask } = indexOf(new Array(500).fill(bodies[0]), 'word3', { boilerplate: rule });
    expect(boilerplate.size).toBe(0);
    expect(ask(bodies[0]!)).toHaveLength(1);
  });
});

test('texts of few tokens are left out', () => {
  const { setOf, ask } = indexOf(['reset my password', 'reset my password right now'], 'word3', {
    minTokens: 5,
  });
  expect([...setOf]).toEqual([LEFT_OUT.short, 0]);
  expect(ask('reset my password')).toEqual([]);
});
