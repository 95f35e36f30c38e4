/** Typed arrays that grow as numbers come, half again as large each time. */

/** Whole numbers of 32 bits in order of arrival. */
export interface GrowingInts {
  readonly length: number;
  /** The memory itself, longer than what is in it; another one after every growth. */
  readonly values: Int32Array;
  push(value: number): void;
  /** Forgets the numbers and keeps the memory. */
  clear(): void;
  /** Adds the first `count` numbers of an array. */
  pushAll(values: Int32Array, count: number): void;
}

/** An empty list. */
export function growingInts(capacity = 1024): GrowingInts {
  let values = new Int32Array(capacity);
  let length = 0;
  const grow = (least: number): void => {
    const larger = new Int32Array(Math.max(least, Math.ceil(values.length * 1.5)));
    larger.set(values.subarray(0, length));
    values = larger;
  };
  return {
    get length() {
      return length;
    },
    get values() {
      return values;
    },
    push: (value) => {
      if (length === values.length) grow(length + 1);
      values[length++] = value;
    },
    clear: () => {
      length = 0;
    },
    pushAll: (more, count) => {
      if (length + count > values.length) grow(length + count);
      values.set(count === more.length ? more : more.subarray(0, count), length);
      length += count;
    },
  };
}
