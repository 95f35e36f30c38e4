/** A list of numbers that grows in typed blocks: what collects p-values while slices stream by. */

/** A growing list of doubles, 8 bytes each. */
export interface NumberList {
  readonly length: number;
  push(value: number): void;
  /** All values so far, as one array of its own. */
  toArray(): Float64Array;
}

/**
 * An empty list.
 *
 * @example const list = numberList(); list.push(0.5); list.toArray() // Float64Array [0.5]
 */
export function numberList(): NumberList {
  let values = new Float64Array(1024);
  let length = 0;
  return {
    get length() {
      return length;
    },
    push(value) {
      if (length === values.length) {
        const larger = new Float64Array(2 * length);
        larger.set(values);
        values = larger;
      }
      values[length] = value;
      length += 1;
    },
    toArray: () => values.slice(0, length),
  };
}
