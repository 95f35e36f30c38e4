/** A set of 64-bit hashes in two lanes, each with a dense number in order of arrival. */

import { powerOfTwo } from './hash.ts';

/** Hashes with numbers from 0. */
export interface HashSet {
  readonly size: number;
  /** Lanes by number; longer than `size`. */
  readonly low: Int32Array;
  readonly high: Int32Array;
  has(low: number, high: number): boolean;
  /** The number of a hash; -1 where it is not in the set. */
  find(low: number, high: number): number;
  /** The number of a hash, which is added where it is new. */
  add(low: number, high: number): number;
}

/** An empty set. */
export function createHashSet(expected = 512): HashSet {
  let slots = new Int32Array(powerOfTwo(expected * 2)).fill(-1);
  let low = new Int32Array(slots.length / 2);
  let high = new Int32Array(slots.length / 2);
  let mask = slots.length - 1;
  let size = 0;
  const slotOf = (a: number, b: number): number => {
    let slot = a & mask;
    for (;;) {
      const known = slots[slot]!;
      if (known < 0 || (low[known] === a && high[known] === b)) return slot;
      slot = (slot + 1) & mask;
    }
  };
  const grow = (): void => {
    slots = new Int32Array(slots.length * 2).fill(-1);
    mask = slots.length - 1;
    [low, high] = [copy(low, slots.length / 2), copy(high, slots.length / 2)];
    for (let number = 0; number < size; number++) slots[slotOf(low[number]!, high[number]!)] = number;
  };
  return {
    get size() {
      return size;
    },
    get low() {
      return low;
    },
    get high() {
      return high;
    },
    has: (a, b) => slots[slotOf(a, b)]! >= 0,
    find: (a, b) => slots[slotOf(a, b)]!,
    add: (a, b) => {
      const slot = slotOf(a, b);
      const known = slots[slot]!;
      if (known >= 0) return known;
      slots[slot] = size;
      low[size] = a;
      high[size++] = b;
      if (size * 2 >= slots.length) grow();
      return size - 1;
    },
  };
}

function copy(values: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(values);
  return larger;
}
