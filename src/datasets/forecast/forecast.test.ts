/** Forecasts: what they are made of, how wide they are, and when they are refused. */

import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../stats/index.ts';
import { forecastScore } from './forecast.ts';
import { FORECASTERS, type ForecastCase } from './forecasters.ts';

const FILLER = [
  'card',
  'please',
  'today',
  'account',
  'help',
  'when',
  'what',
  'need',
  'again',
  'bank',
  'app',
  'phone',
];

/** Cases of which `hard` say "refund", which fails four times of five; the others pass nine of ten. */
function casesWith(
  hard: number,
  count: number,
  random: Random,
  extra: readonly string[] = [],
): ForecastCase[] {
  return Array.from({ length: count }, () => {
    const isHard = random.nextFloat() < hard;
    const vocabulary = [...FILLER, ...extra];
    const words = Array.from({ length: 8 }, () => vocabulary[random.nextBelow(vocabulary.length)]!);
    const passed = random.nextFloat() < (isHard ? 0.2 : 0.9) ? 1 : 0;
    return {
      text: [...words, ...(isHard ? ['refund'] : [])].join(' '),
      confidence: passed === 1 ? 0.5 + random.nextFloat() / 2 : random.nextFloat() / 2,
      passed,
    };
  });
}

const unlabelled = (cases: readonly ForecastCase[]) =>
  cases.map((one) => ({ ...one, passed: null, confidence: null }));

describe('forecastScore', () => {
  it('foresees a lower rate where more of the new inputs are of the kind that fails', () => {
    const random = createRandom(15);
    const inDomain = casesWith(0.2, 400, random);
    const splits = [0.1, 0.3, 0.5, 0.4].map((hard, at) => ({
      name: `s${at}`,
      cases: casesWith(hard, 150, random),
    }));
    const asked = casesWith(0.45, 300, random);
    const actual = asked.filter(({ passed }) => passed === 1).length / asked.length;
    const found = forecastScore(inDomain, splits, unlabelled(asked), 1);
    expect(found.refusal).toBeNull();
    expect(found.chosen).toBe('words');
    expect(found.expected!.estimate).toBeGreaterThan(actual - 0.1);
    expect(found.expected!.estimate).toBeLessThan(actual + 0.1);
    expect(found.expected!.lower).toBeLessThanOrEqual(actual);
    expect(found.expected!.upper).toBeGreaterThanOrEqual(actual);
    const average = found.records.find(({ name }) => name === 'average')!;
    const words = found.records.find(({ name }) => name === 'words')!;
    expect(words.meanError!).toBeLessThan(average.meanError!);
  });

  it('refuses with two splits, and with too few new cases', () => {
    const random = createRandom(6);
    const inDomain = casesWith(0.2, 60, random);
    const splits = [1, 2, 3].map((at) => ({ name: `s${at}`, cases: casesWith(0.2, 40, random) }));
    expect(
      forecastScore(inDomain, splits.slice(0, 2), unlabelled(casesWith(0.2, 40, random)), 1),
    ).toMatchObject({
      expected: null,
      refusal: 'there are 2 held-out splits, and the error of a forecast is measured on at least 3',
    });
    expect(forecastScore(inDomain, splits, unlabelled(casesWith(0.2, 5, random)), 1).refusal).toMatch(
      /^there are 5 new cases/,
    );
  });

  it('refuses inputs that lie outside of everything that was held out', () => {
    const random = createRandom(7);
    const inDomain = casesWith(0.2, 200, random);
    const splits = [1, 2, 3].map((at) => ({ name: `s${at}`, cases: casesWith(0.2, 80, random) }));
    const foreign = Array.from({ length: 80 }, () => ({
      text: 'le bateau part demain matin avec tout son équipage',
      confidence: null,
      passed: null,
    }));
    const found = forecastScore(inDomain, splits, foreign, 1);
    expect(found.expected).toBeNull();
    expect(found.refusal).toMatch(/^the new cases lie outside of what was held out/);
  });

  it('says nothing of new cases without a text', () => {
    const random = createRandom(8);
    const splits = [1, 2, 3].map((at) => ({ name: `s${at}`, cases: casesWith(0.2, 40, random) }));
    const blank = Array.from({ length: 30 }, () => ({ text: null, confidence: null, passed: null }));
    expect(forecastScore(casesWith(0.2, 60, random), splits, blank, 1).refusal).toBe(
      'too few texts to say how far the new cases are from the known ones',
    );
  });
});

describe('the forecaster by confidence', () => {
  const confidence = FORECASTERS.find(({ name }) => name === 'confidence')!;
  const cases = (values: readonly number[], passed: readonly (0 | 1)[]) =>
    values.map((value, at) => ({ text: null, confidence: value, passed: passed[at] ?? null }));

  it('puts the threshold where as many known cases lie above as passed', () => {
    // 3 of 4 pass: the threshold is the third highest, .4.
    const known = cases([0.9, 0.8, 0.4, 0.1], [1, 1, 0, 1]);
    expect(confidence.forecast(known, cases([0.5, 0.4, 0.3, 0.2], []), 1)).toBe(0.5);
  });

  it('cannot tell without confidences', () => {
    expect(confidence.forecast([{ text: 'a', confidence: null, passed: 1 }], cases([0.5], []), 1)).toBeNull();
  });
});
