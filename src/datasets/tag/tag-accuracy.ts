/** How right the tags are: precision and recall of every tag from cases that a person checked. */

import { compareText } from '../../slices/index.ts';
import { type Estimate, weightedWilsonInterval, wilsonInterval } from '../../stats/index.ts';

/** What stands for "no tag" in a label and in reports. */
export const NO_TAG = '(none)';

/** A case with what the rules and a person said of it; no tag is an empty list. */
export interface CheckedCase {
  readonly found: readonly string[];
  readonly truth: readonly string[];
  /** Inclusion probability of the draw, in (0, 1]; 1 where it is not known. */
  readonly probability: number;
}

/** How right one tag is. */
export interface TagAccuracy {
  readonly tag: string;
  /** Of the checked cases that have the tag, the share that should. */
  readonly precision: Estimate;
  /** Of the checked cases that should have the tag, the share that has it. */
  readonly recall: Estimate;
}

/**
 * Precision and recall with Wilson intervals of 95 %, tag by tag in code point order, cases without a tag last as `(none)`. Where
 * inclusion probabilities differ, cases weigh their inverse and the intervals take Kish's effective number of cases.
 */
export function tagAccuracy(cases: readonly CheckedCase[]): readonly TagAccuracy[] {
  const named = cases.map(({ found, truth, probability }) => ({
    found: withNone(found),
    truth: withNone(truth),
    weight: 1 / probability,
  }));
  const tags = [...new Set(named.flatMap(({ found, truth }) => [...found, ...truth]))];
  tags.sort((a, b) => Number(a === NO_TAG) - Number(b === NO_TAG) || compareText(a, b));
  return tags.map((tag) => {
    const has = named.filter(({ found }) => found.has(tag));
    const should = named.filter(({ truth }) => truth.has(tag));
    return {
      tag,
      precision: share(has, ({ truth }) => truth.has(tag)),
      recall: share(should, ({ found }) => found.has(tag)),
    };
  });
}

interface Weighed {
  readonly found: ReadonlySet<string>;
  readonly truth: ReadonlySet<string>;
  readonly weight: number;
}

function withNone(tags: readonly string[]): ReadonlySet<string> {
  return new Set(tags.length === 0 ? [NO_TAG] : tags);
}

function share(cases: readonly Weighed[], holds: (one: Weighed) => boolean): Estimate {
  const right = cases.filter(holds);
  if (cases.every(({ weight }) => weight === cases[0]?.weight))
    return wilsonInterval(right.length, cases.length);
  const sum = (of: readonly Weighed[], value: (weight: number) => number) =>
    of.reduce((total, { weight }) => total + value(weight), 0);
  const same = (weight: number) => weight;
  const weight = sum(cases, same);
  return weightedWilsonInterval({
    successWeight: right.length === cases.length ? weight : sum(right, same),
    weight,
    squaredWeight: sum(cases, (one) => one * one),
  });
}
