/** What a split is: which cases are held out to test, which must then stay out of training, and why. */

/** Ways to hold cases out. `iid` is the in-domain split that every drop is measured against. */
export const SHIFTS = ['iid', 'source', 'time', 'group', 'rare', 'hard'] as const;

export type Shift = (typeof SHIFTS)[number];

/** One split, before or after leaks are closed. Numbers are indexes of items, ascending. */
export interface Split {
  /** `SHIFT:MEMBER`, such as `source:reuters`: unique. */
  readonly name: string;
  readonly shift: Shift;
  /** How the cases were chosen, in words. */
  readonly definition: string;
  readonly test: Int32Array;
  /** Neither train nor test, by reason. */
  readonly leftOut: {
    /** Near-duplicates of test cases, which would leak. */
    readonly alike: Int32Array;
    /** Later than the test cases: training on them would look into the future. */
    readonly later: Int32Array;
    /** Without a value of the column, so nobody knows on which side they belong. */
    readonly unknown: Int32Array;
  };
}

/** A split as it is chosen: near-duplicates are looked for afterwards. */
export type ChosenSplit = Omit<Split, 'leftOut'> & {
  readonly later: Int32Array;
  readonly unknown: Int32Array;
};

/** Ways that could not be had, and why. */
export interface NoSplit {
  readonly shift: Shift;
  readonly reason: string;
}

/** No items. */
export const NONE = new Int32Array(0);

/** Ascending indexes of the items for which `holds`. */
export function itemsWhere(count: number, holds: (item: number) => boolean): Int32Array {
  return Int32Array.from(Array.from({ length: count }, (_, item) => item).filter(holds));
}
