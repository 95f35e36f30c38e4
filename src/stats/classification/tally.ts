/** The margins of a classification: everything but the single confusions follows from them. */

/**
 * What the answer codes mean. A code is a class (`sets` null), or stands for a set of classes (multi-label). Codes below 0
 * are no label: an abstention or an error.
 */
export interface AnswerSpace {
  /** Number of classes. */
  readonly classes: number;
  /** Classes of code c: `items[offsets[c]]` up to `items[offsets[c + 1]]`, each once; null where a code is a class. */
  readonly sets: { readonly offsets: Int32Array; readonly items: Int32Array } | null;
}

/** Counted answers of one run: `cases[i]` cases truly are `expected[i]` (a code >= 0) and were answered `answer[i]`. */
export interface Answers {
  readonly expected: ArrayLike<number>;
  readonly answer: ArrayLike<number>;
  readonly cases: ArrayLike<number>;
}

/**
 * Margins of a confusion table, one run. Counts may be fractional (weights). No answer is never right: it counts against
 * recall and accuracy, and for the specificity of every class that the case is not of.
 */
export interface ClassTally {
  /** Cases. */
  n: number;
  /** Cases whose answer is the true label; for sets, exactly the true set. */
  right: number;
  /** Cases without an answer. */
  unanswered: number;
  /** Per class: cases that truly are of it, were answered with it, and both. */
  readonly support: Float64Array;
  readonly predicted: Float64Array;
  readonly hits: Float64Array;
}

/** A tally of nothing. */
export function emptyTally(classes: number): ClassTally {
  return {
    n: 0,
    right: 0,
    unanswered: 0,
    support: new Float64Array(classes),
    predicted: new Float64Array(classes),
    hits: new Float64Array(classes),
  };
}

/** Sets a tally back to nothing, so that resampling need not allocate. */
export function clearTally(tally: ClassTally): void {
  tally.n = 0;
  tally.right = 0;
  tally.unanswered = 0;
  tally.support.fill(0);
  tally.predicted.fill(0);
  tally.hits.fill(0);
}

/**
 * Adds cases with one true label and one answer; a negative count takes them away again.
 *
 * @param expected code of the true label, at least 0
 * @param answer code of the answer; below 0 for none
 */
export function addAnswer(
  tally: ClassTally,
  space: AnswerSpace,
  expected: number,
  answer: number,
  cases: number,
): void {
  tally.n += cases;
  if (answer < 0) tally.unanswered += cases;
  if (expected === answer) tally.right += cases;
  if (space.sets === null) {
    tally.support[expected]! += cases;
    if (answer >= 0) tally.predicted[answer]! += cases;
    if (expected === answer) tally.hits[expected]! += cases;
    return;
  }
  const { offsets, items } = space.sets;
  for (let at = offsets[expected]!; at < offsets[expected + 1]!; at++) tally.support[items[at]!]! += cases;
  if (answer < 0) return;
  for (let at = offsets[answer]!; at < offsets[answer + 1]!; at++) {
    const item = items[at]!;
    tally.predicted[item]! += cases;
    for (let other = offsets[expected]!; other < offsets[expected + 1]!; other++) {
      if (items[other] === item) tally.hits[item]! += cases;
    }
  }
}

/**
 * The margins of one run.
 *
 * @throws RangeError where an expected code is below 0
 * Cost: one step per cell, whatever the number of cases.
 * @example
 * tallyAnswers({ expected: [0, 1], answer: [0, 0], cases: [8, 2] }, { classes: 2, sets: null }).right // 8
 */
export function tallyAnswers({ expected, answer, cases }: Answers, space: AnswerSpace): ClassTally {
  const tally = emptyTally(space.classes);
  for (let i = 0; i < expected.length; i++) {
    if (!(expected[i]! >= 0)) {
      throw new RangeError(`expected[${i}] is ${expected[i]}: a case without a true label counts nowhere`);
    }
    addAnswer(tally, space, expected[i]!, answer[i]!, cases[i]!);
  }
  return tally;
}
