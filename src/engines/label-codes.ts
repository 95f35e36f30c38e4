/** What engines share when they count labels: the codes of texts, and cells in their order. */

import { type LabelCells, NO_LABEL } from '../counts/index.ts';
import { compareText } from '../slices/index.ts';
import { hashedText, isHashedText } from './cell.ts';

/** The labels of a comparison and the code of every text that stands for one. */
export interface LabelCodes {
  /** Code point order. */
  readonly labels: readonly string[];
  /** An empty text, and the hash of one, is no label. */
  codeOf(text: string): number;
}

/** Codes for some distinct texts. The hash of another label (of a run that was recorded without texts) reads as that label. */
export function labelCodes(texts: Iterable<string>): LabelCodes {
  const found = new Set(texts);
  const codes = new Map<string, number>([['', NO_LABEL.none]]);
  const hashes = [...found].filter(isHashedText);
  const plain = hashes.length === 0 ? found : [...found, ''].filter((text) => !isHashedText(text));
  const textOf = new Map(hashes.length === 0 ? [] : [...plain].map((text) => [hashedText(text), text]));
  const labels = [...plain, ...hashes.filter((text) => !textOf.has(text))]
    .filter((text) => text !== '')
    .sort(compareText);
  labels.forEach((text, code) => {
    codes.set(text, code);
  });
  for (const text of hashes) {
    const known = textOf.get(text);
    if (known !== undefined) codes.set(text, codes.get(known)!);
  }
  return { labels, codeOf: (text) => codes.get(text)! };
}

/** Cells in any order, combinations possibly repeated. */
export interface LooseCells {
  readonly expected: readonly number[];
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  readonly cases: readonly number[];
  readonly cluster: readonly number[] | null;
}

/** Puts cells into their order, each combination once. */
export function orderedCells({ expected, baseline, candidate, cases, cluster }: LooseCells): LabelCells {
  const compare = (a: number, b: number): number =>
    (cluster === null ? 0 : cluster[a]! - cluster[b]!) ||
    expected[a]! - expected[b]! ||
    baseline[a]! - baseline[b]! ||
    candidate[a]! - candidate[b]!;
  const order = Int32Array.from(cases.keys()).sort(compare);
  const first = order.filter((at, i) => i === 0 || compare(order[i - 1]!, at) !== 0);
  const sums = new Float64Array(first.length);
  let cell = -1;
  order.forEach((at, i) => {
    if (i === 0 || compare(order[i - 1]!, at) !== 0) cell++;
    sums[cell]! += cases[at]!;
  });
  const pick = (values: readonly number[]): Int32Array => first.map((at) => values[at]!);
  return {
    expected: pick(expected),
    baseline: pick(baseline),
    candidate: pick(candidate),
    cases: sums,
    cluster: cluster && pick(cluster),
  };
}
