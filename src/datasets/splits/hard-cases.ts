/** Splits of hard cases: those that cheap models, which never saw them, get most wrong. */

import { crossFit } from '../../models/index.ts';
import { type ChosenSplit, itemsWhere, NONE, type NoSplit } from './split-plan.ts';

/** What hard cases are chosen from. */
export interface HardInput {
  readonly texts: readonly (string | null)[];
  readonly labels: readonly (string | null)[];
  readonly component: Int32Array;
  /** Share of the cases that counts as hard, in (0, 0.5]. */
  readonly share: number;
  readonly splits: number;
  readonly minCases: number;
  readonly seed: number;
}

/** Models whose loss says what is hard. */
const WAYS = [
  { name: 'words', options: { words: [1, 2], characters: null }, text: 'words and pairs of words' },
  { name: 'characters', options: { words: null, characters: [3, 4] }, text: 'runs of 3 and 4 characters' },
] as const;

const FOLDS = 5;

/** Fewer than for a model that is used: what is hard shows early. */
const PASSES = 8;

/**
 * Two splits: `hard:words` and `hard:characters`, the cases with the largest log loss under a text classifier that was trained
 * on other folds. Wrong labels are hard as well, so these splits deserve a look before they are believed.
 */
export function hardSplits(input: HardInput): readonly ChosenSplit[] | NoSplit {
  const { texts, labels, component, share, splits, minCases, seed } = input;
  const usable = itemsWhere(texts.length, (item) => texts[item] !== null && labels[item] !== null);
  const truth = Array.from(usable, (item) => labels[item]!);
  const classes = new Set(truth);
  const size = Math.floor(share * usable.length);
  if (classes.size < 2 || size < minCases) {
    return {
      shift: 'hard',
      reason: `${usable.length} cases of ${classes.size} ${classes.size === 1 ? 'class' : 'classes'} have a text and a label, too few for ${minCases} hard ones`,
    };
  }
  const column = { kind: 'text' as const, name: 'text', values: Array.from(usable, (item) => texts[item]!) };
  const groups = Array.from(usable, (item) => String(component[item]));
  return WAYS.slice(0, splits).map(({ name, options, text }): ChosenSplit => {
    const fitted = crossFit([column], truth, { folds: FOLDS, groups }, { ...options, passes: PASSES, seed });
    const place = new Map(fitted.labels.map((label, at) => [label, at]));
    const chance = fitted.predictions.map(
      ({ probabilities }, at) => probabilities[place.get(truth[at]!) ?? -1] ?? 0,
    );
    const hardest = [...usable.keys()].toSorted((a, b) => chance[a]! - chance[b]! || a - b).slice(0, size);
    return {
      name: `hard:${name}`,
      shift: 'hard',
      definition: `the ${Math.round(share * 100)} % with the largest loss under a classifier of ${text} that never saw them; wrong labels are among them`,
      test: Int32Array.from(hardest, (at) => usable[at]!).toSorted(),
      later: NONE,
      unknown: NONE,
    };
  });
}
