/** The values that a text classifier has where nobody says otherwise, and what they may be. */

import { UsageError } from '../errors.ts';
import type { ClassifierOptions, GivenClassifierOptions } from './types.ts';

/** Words and pairs of words, sublinear, C = 10: what did best on BANKING77 and 20 Newsgroups with scikit-learn as well. */
export const CLASSIFIER_DEFAULTS: ClassifierOptions = {
  words: [1, 2],
  characters: null,
  minRows: 1,
  maxFeatures: 500_000,
  sublinear: true,
  strength: 10,
  passes: 10,
  classWeight: 'none',
  sample: 'none',
  calibrate: 'none',
  seed: 1,
};

/** Classes from which on this is no classification; a table of weights would have no use and no end. */
export const MAX_CLASSES = 2_000;

/**
 * Fills in the defaults.
 *
 * @throws UsageError naming every option that cannot be
 */
export function classifierOptions(given: GivenClassifierOptions = {}): ClassifierOptions {
  const options = { ...CLASSIFIER_DEFAULTS, ...given };
  const problems = [
    ...rangeProblems('words', options.words),
    ...rangeProblems('characters', options.characters),
    ...wholeProblems('minRows', options.minRows),
    ...wholeProblems('maxFeatures', options.maxFeatures),
    ...wholeProblems('passes', options.passes),
    ...(options.strength > 0 && Number.isFinite(options.strength)
      ? []
      : [`strength is ${options.strength}, must be above 0`]),
    ...(Number.isSafeInteger(options.seed) && options.seed >= 0
      ? []
      : [`seed is ${options.seed}, must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`]),
  ];
  if (problems.length > 0) throw new UsageError(problems.map((message) => ({ message })));
  return options;
}

function rangeProblems(name: string, range: readonly [number, number] | null): readonly string[] {
  if (range === null) return [];
  const [least, most] = range;
  const fits = Number.isInteger(least) && Number.isInteger(most) && least >= 1 && most >= least && most <= 10;
  return fits
    ? []
    : [`${name} is ${least}-${most}, must be two whole numbers from 1 to 10, the smaller first`];
}

function wholeProblems(name: string, value: number): readonly string[] {
  return Number.isInteger(value) && value >= 1
    ? []
    : [`${name} is ${value}, must be a whole number of at least 1`];
}
