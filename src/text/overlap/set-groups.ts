/** Brings equal sets together by their fingerprints, 12 bytes for each different set. */

import { type GrowingInts, growingInts } from './growing.ts';

/** Different sets by number, from 0 in order of arrival. */
export interface SetGroups {
  readonly count: number;
  /** Members of each set. */
  readonly sizes: GrowingInts;
  /** The number of the set with this fingerprint and size, and whether it is new. */
  find(sumLow: number, sumHigh: number, size: number): number;
}

/** No sets yet. */
export function createSetGroups(): SetGroups {
  const lows = growingInts();
  const highs = growingInts();
  const sizes = growingInts();
  let slots = new Int32Array(1 << 12).fill(-1);
  let mask = slots.length - 1;
  const place = (group: number): void => {
    let slot = (lows.values[group]! ^ Math.imul(highs.values[group]!, 0x9e3779b1)) & mask;
    while (slots[slot]! >= 0) slot = (slot + 1) & mask;
    slots[slot] = group;
  };
  return {
    get count() {
      return sizes.length;
    },
    sizes,
    find: (sumLow, sumHigh, size) => {
      let slot = (sumLow ^ Math.imul(sumHigh, 0x9e3779b1)) & mask;
      for (;;) {
        const known = slots[slot]!;
        if (known < 0) break;
        if (
          lows.values[known] === sumLow &&
          highs.values[known] === sumHigh &&
          sizes.values[known] === size
        ) {
          return known;
        }
        slot = (slot + 1) & mask;
      }
      const group = sizes.length;
      lows.push(sumLow);
      highs.push(sumHigh);
      sizes.push(size);
      slots[slot] = group;
      // Two thirds full: the table stays at 6 to 12 bytes for each set.
      if (sizes.length * 3 > slots.length * 2) {
        slots = new Int32Array(slots.length * 2).fill(-1);
        mask = slots.length - 1;
        for (let each = 0; each < sizes.length; each++) place(each);
      }
      return group;
    },
  };
}
