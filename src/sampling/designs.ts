/** Ways to draw from a population, each with the probability that an item gets in. */

import { compareText } from '../slices/index.ts';
import { permanentNumber } from './permanent-number.ts';

/** What was drawn. Both arrays have one entry per item of the population. */
export interface Draw {
  readonly selected: Uint8Array;
  /** Inclusion probability of the design before it was drawn, in [0, 1]. */
  readonly probability: Float64Array;
}

/**
 * Simple random sample without replacement: the items with the smallest permanent numbers.
 *
 * @param ids distinct
 * @param size at most so many
 */
export function drawSimple(ids: readonly string[], size: number, seed: number, stream: string): Draw {
  return drawStratified(ids, new Int32Array(ids.length), [size], seed, stream);
}

/**
 * A simple random sample in every stratum.
 *
 * @param stratum index of each item's stratum, -1 for items that are not drawn from
 * @param sizes of the samples, by stratum; a stratum with fewer items gives all of them
 */
export function drawStratified(
  ids: readonly string[],
  stratum: ArrayLike<number>,
  sizes: readonly number[],
  seed: number,
  stream: string,
): Draw {
  const selected = new Uint8Array(ids.length);
  const probability = new Float64Array(ids.length);
  const members = sizes.map((): number[] => []);
  ids.forEach((_, i) => {
    const own = stratum[i]!;
    if (own >= 0) members[own]!.push(i);
  });
  members.forEach((own, at) => {
    const size = Math.min(sizes[at]!, own.length);
    for (const i of own) probability[i] = size / own.length;
    for (const i of byNumber(ids, own, seed, stream).slice(0, size)) selected[i] = 1;
  });
  return { selected, probability };
}

/**
 * A sample with probability proportional to a size: systematic, in the order of the permanent numbers. Items whose share is
 * above one are certain. Source: Madow, On the Theory of Systematic Sampling (1949).
 *
 * @param measure at least 0 per item; items of measure 0 are never drawn
 */
export function drawProportional(
  ids: readonly string[],
  measure: ArrayLike<number>,
  size: number,
  seed: number,
  stream: string,
): Draw {
  const probability = proportional(measure, ids.length, size);
  const selected = new Uint8Array(ids.length);
  const start = permanentNumber(seed, `${stream}\u001fstart`, '');
  let sum = 0;
  let next = start;
  for (const i of byNumber(ids, [...ids.keys()], seed, stream)) {
    const share = probability[i]!;
    if (share >= 1) {
      selected[i] = 1;
      continue;
    }
    sum += share;
    if (share > 0 && sum > next) {
      selected[i] = 1;
      next += 1;
    }
  }
  return { selected, probability };
}

/**
 * The items with the largest measures, for certain. Alone such a sample says nothing about the others (their probability is
 * 0); in a union with a design that reaches everything it does.
 *
 * @param measure NaN is never taken; ties go by id in code point order
 */
export function certainty(ids: readonly string[], measure: ArrayLike<number>, size: number): Draw {
  const ordered = [...ids.keys()]
    .filter((i) => !Number.isNaN(measure[i]))
    .toSorted((a, b) => measure[b]! - measure[a]! || compareText(ids[a]!, ids[b]!))
    .slice(0, size);
  const selected = new Uint8Array(ids.length);
  const probability = new Float64Array(ids.length);
  for (const i of ordered) {
    selected[i] = 1;
    probability[i] = 1;
  }
  return { selected, probability };
}

/** Everything that any of some independent draws took; an item gets in unless all of them leave it out. */
export function unionOf(draws: readonly Draw[]): Draw {
  const count = draws[0]?.selected.length ?? 0;
  const selected = new Uint8Array(count);
  const probability = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    let out = 1;
    for (const draw of draws) {
      selected[i]! |= draw.selected[i]!;
      out *= 1 - draw.probability[i]!;
    }
    probability[i] = 1 - out;
  }
  return { selected, probability };
}

/** Items by permanent number; ties, which do not occur in practice, by id. */
function byNumber(ids: readonly string[], items: readonly number[], seed: number, stream: string): number[] {
  return items
    .map((i) => ({ i, number: permanentNumber(seed, stream, ids[i]!) }))
    .toSorted((a, b) => a.number - b.number || compareText(ids[a.i]!, ids[b.i]!))
    .map(({ i }) => i);
}

/** n x / sum(x), where shares above one become certain and the others are shared anew. */
function proportional(measure: ArrayLike<number>, count: number, size: number): Float64Array {
  const probability = new Float64Array(count);
  let open: number[] = [];
  for (let i = 0; i < count; i += 1) if (measure[i]! > 0) open.push(i);
  let left = Math.min(size, open.length);
  while (left > 0 && open.length > 0) {
    const total = open.reduce((sum, i) => sum + measure[i]!, 0);
    const certain = open.filter((i) => left * measure[i]! >= total);
    if (certain.length === 0) {
      for (const i of open) probability[i] = (left * measure[i]!) / total;
      break;
    }
    for (const i of certain) probability[i] = 1;
    left -= certain.length;
    open = open.filter((i) => probability[i] !== 1);
  }
  return probability;
}
