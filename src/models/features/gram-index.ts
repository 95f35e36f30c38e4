/** Numbers grams by their two hashes: an open-addressing table over typed arrays. */

/** A table of grams; ids count from 0 in the order of first sight. */
export interface GramIndex {
  readonly size: number;
  /** The id of a gram, or -1 where it is unknown. */
  find(high: number, low: number): number;
  /** The id of a gram, which is given the next one where it is unknown. */
  add(high: number, low: number): number;
}

const FIRST_SLOTS = 1 << 12;

/** An empty table. */
export function createGramIndex(): GramIndex {
  let slots = new Int32Array(FIRST_SLOTS).fill(-1);
  let mask = FIRST_SLOTS - 1;
  let highs = new Int32Array(FIRST_SLOTS);
  let lows = new Int32Array(FIRST_SLOTS);
  let size = 0;

  function slotOf(high: number, low: number): number {
    let slot = (high ^ (low >>> 7)) & mask;
    for (;;) {
      const id = slots[slot]!;
      if (id < 0 || (highs[id] === high && lows[id] === low)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function grow(): void {
    const longer = (values: Int32Array<ArrayBuffer>) => {
      const copy = new Int32Array(values.length * 2);
      copy.set(values);
      return copy;
    };
    highs = longer(highs);
    lows = longer(lows);
    slots = new Int32Array(slots.length * 2).fill(-1);
    mask = slots.length - 1;
    for (let id = 0; id < size; id++) slots[slotOf(highs[id]!, lows[id]!)] = id;
  }

  return {
    get size() {
      return size;
    },
    find: (high, low) => slots[slotOf(high | 0, low | 0)]!,
    add: (highBits, lowBits) => {
      const high = highBits | 0;
      const low = lowBits | 0;
      const slot = slotOf(high, low);
      const known = slots[slot]!;
      if (known >= 0) return known;
      highs[size] = high;
      lows[size] = low;
      slots[slot] = size;
      size++;
      if (size * 2 > slots.length) grow();
      return size - 1;
    },
  };
}
