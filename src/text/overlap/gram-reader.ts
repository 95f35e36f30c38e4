/** The set of grams of a text as 64-bit hashes in two lanes, with an order-free fingerprint of the set. */

import type { GramKind } from './gram-kind.ts';
import { LANES, power, powerOfTwo, spread, spreadHigh } from './hash.ts';
import type { HashSet } from './hash-set.ts';
import { characterLanes, wordLanes } from './token-lanes.ts';

/** What was found in the text that was read last; the arrays are memory that the next text overwrites. */
export interface GramReader {
  readonly kind: GramKind;
  /** Words or code points. */
  readonly tokens: number;
  /** Grams in order, with repeats. A text of fewer tokens than n has one gram of all of them. */
  readonly positions: number;
  readonly positionLow: Int32Array;
  readonly positionHigh: Int32Array;
  /** Different grams, without those that were to be skipped. */
  readonly count: number;
  readonly low: Int32Array;
  readonly high: Int32Array;
  /** Equal sets have equal fingerprints in whatever order; different ones but for 1 pair in 2 to the power 64. */
  readonly sumLow: number;
  readonly sumHigh: number;
  /** Reads a text; `skip` are grams that do not count, such as boilerplate. */
  read(text: string, skip?: HashSet | null): void;
  /** Reads the grams in order alone. */
  readPositions(text: string): void;
}

/** A reader that is used for one text after the other. */
export function createGramReader(kind: GramKind): GramReader {
  const lanes = kind.unit === 'word' ? wordLanes() : characterLanes();
  const dropLow = power(LANES.low.roll, kind.n);
  const dropHigh = power(LANES.high.roll, kind.n);
  let positionLow = new Int32Array(256);
  let positionHigh = new Int32Array(256);
  let low = new Int32Array(256);
  let high = new Int32Array(256);
  let positions = 0;
  let count = 0;
  let sumLow = 0;
  let sumHigh = 0;
  let slots = new Int32Array(1024);
  let stamps = new Int32Array(1024);
  let stamp = 0;

  const readPositions = (text: string): void => {
    lanes.read(text);
    const { count: tokens, low: tokenLow, high: tokenHigh } = lanes;
    const { n } = kind;
    positions = tokens === 0 ? 0 : Math.max(1, tokens - n + 1);
    if (positions > positionLow.length) {
      const size = powerOfTwo(positions);
      [positionLow, positionHigh] = [new Int32Array(size), new Int32Array(size)];
      [low, high] = [new Int32Array(size), new Int32Array(size)];
    }
    let a = 0;
    let b = 0;
    const first = Math.min(n, tokens);
    for (let at = 0; at < first; at++) {
      a = (Math.imul(a, LANES.low.roll) + tokenLow[at]!) | 0;
      b = (Math.imul(b, LANES.high.roll) + tokenHigh[at]!) | 0;
    }
    if (positions > 0) {
      positionLow[0] = spread(a);
      positionHigh[0] = spreadHigh(b);
    }
    for (let at = 1; at < positions; at++) {
      a = (Math.imul(a, LANES.low.roll) + tokenLow[at + n - 1]! - Math.imul(tokenLow[at - 1]!, dropLow)) | 0;
      b =
        (Math.imul(b, LANES.high.roll) + tokenHigh[at + n - 1]! - Math.imul(tokenHigh[at - 1]!, dropHigh)) |
        0;
      positionLow[at] = spread(a);
      positionHigh[at] = spreadHigh(b);
    }
  };

  const makeDistinct = (skip: HashSet | null): void => {
    count = 0;
    sumLow = 0;
    sumHigh = 0;
    if (positions * 2 > slots.length) {
      const size = powerOfTwo(positions * 2);
      [slots, stamps, stamp] = [new Int32Array(size), new Int32Array(size), 0];
    }
    stamp++;
    // A short text after a long one must not touch memory all over the large table.
    const mask = Math.min(slots.length, powerOfTwo(positions * 2)) - 1;
    for (let at = 0; at < positions; at++) {
      const a = positionLow[at]!;
      const b = positionHigh[at]!;
      let slot = a & mask;
      let isNew = true;
      while (stamps[slot] === stamp) {
        const known = slots[slot]!;
        if (low[known] === a && high[known] === b) {
          isNew = false;
          break;
        }
        slot = (slot + 1) & mask;
      }
      if (!isNew || skip?.has(a, b)) continue;
      stamps[slot] = stamp;
      slots[slot] = count;
      low[count] = a;
      high[count++] = b;
      sumLow = (sumLow + a) | 0;
      sumHigh = (sumHigh + b) | 0;
    }
  };

  return {
    kind,
    get tokens() {
      return lanes.count;
    },
    get positions() {
      return positions;
    },
    get positionLow() {
      return positionLow;
    },
    get positionHigh() {
      return positionHigh;
    },
    get count() {
      return count;
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
    get sumLow() {
      return sumLow;
    },
    get sumHigh() {
      return sumHigh;
    },
    read: (text, skip = null) => {
      readPositions(text);
      makeDistinct(skip);
    },
    readPositions,
  };
}
