/** Ways to foresee the score on cases without labels, from cases with labels. */

import { fitTextClassifier } from '../../models/index.ts';

/** A case as a forecaster sees it. `passed` is null for cases without a verdict. */
export interface ForecastCase {
  readonly text: string | null;
  /** The system's own confidence, where the results have one. */
  readonly confidence: number | null;
  readonly passed: number | null;
}

/** A way to foresee a rate. */
export interface Forecaster {
  readonly name: 'average' | 'words' | 'confidence';
  readonly text: string;
  /** The rate to be expected on `cases`, from `known` cases with verdicts; null where it cannot tell. */
  forecast(known: readonly ForecastCase[], cases: readonly ForecastCase[], seed: number): number | null;
}

/** The new cases will do as the known ones: what every other way must beat. */
const average: Forecaster = {
  name: 'average',
  text: 'the rate of the known cases',
  forecast: (known) => meanPassed(known),
};

/** Mean chance to pass by a calibrated classifier of passed and failed inputs. */
const words: Forecaster = {
  name: 'words',
  text: 'a classifier of passed and failed inputs by their words',
  forecast: (known, cases, seed) => {
    const usable = known.filter(({ text, passed }) => text !== null && passed !== null);
    const labels = usable.map(({ passed }) => (passed! >= 0.5 ? 'passed' : 'failed'));
    const asked = cases.flatMap(({ text }) => (text === null ? [] : [text]));
    if (new Set(labels).size < 2 || asked.length === 0) return null;
    const model = fitTextClassifier(
      usable.map(({ text }) => text!),
      labels,
      { calibrate: 'temperature', passes: 10, strength: 1, seed },
    );
    const place = model.labels.indexOf('passed');
    const chances = model.predict(asked).map(({ probabilities }) => probabilities[place]!);
    return chances.reduce((sum, one) => sum + one, 0) / chances.length;
  },
};

/** Share of cases more confident than a threshold, set where that share is the known cases' rate (Garg et al. 2022). */
const confidence: Forecaster = {
  name: 'confidence',
  text: 'the share of cases above the confidence that as many known cases exceed as pass',
  forecast: (known, cases) => {
    const usable = known.filter((one) => one.confidence !== null && one.passed !== null);
    const asked = cases.flatMap((one) => (one.confidence === null ? [] : [one.confidence]));
    const rate = meanPassed(usable);
    if (rate === null || asked.length === 0) return null;
    const sorted = usable.map((one) => one.confidence!).toSorted((a, b) => b - a);
    const above = Math.round(rate * sorted.length);
    const threshold = above === 0 ? Number.POSITIVE_INFINITY : sorted[above - 1]!;
    return asked.filter((one) => one >= threshold).length / asked.length;
  },
};

export const FORECASTERS: readonly Forecaster[] = [average, words, confidence];

/** Share of the verdicts that passed; null without any. */
export function meanPassed(cases: readonly ForecastCase[]): number | null {
  const known = cases.flatMap(({ passed }) => (passed === null ? [] : [passed]));
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0) / known.length;
}
