/** Memory for what every thread may need and one of them makes: whoever comes first fills a part, the others read it. */

/** Parts by number. Typed arrays only, so that threads can share it. */
export interface Shelf {
  /** Of each part: free, in the making, or made. */
  readonly states: Int32Array;
  /** Zeros until somebody fills them; null where there is no room for a part. */
  readonly parts: readonly (Int32Array | null)[];
}

const FREE = 0;
const MAKING = 1;
const MADE = 2;

/** Milliseconds to wait for a part that another thread makes; a thread that ended may never finish its part. */
const PATIENCE = 5000;

/**
 * Room for parts, taken from the system only when they are filled.
 *
 * @param numbers length of each part; null for one that is not wanted
 */
export function createShelf(numbers: readonly (number | null)[]): Shelf {
  const room = (length: number) => new Int32Array(new SharedArrayBuffer(length * 4));
  return {
    states: room(numbers.length),
    parts: numbers.map((length) => (length === null ? null : room(length))),
  };
}

/** Whether a part can be read without waiting. */
export function isMade({ states }: Shelf, part: number): boolean {
  return Atomics.load(states, part) === MADE;
}

/** Fills a part that nobody has begun; never waits. */
export function makeIfFree({ states, parts }: Shelf, part: number, fill: (memory: Int32Array) => void): void {
  const memory = parts[part]!;
  if (memory === null || Atomics.compareExchange(states, part, FREE, MAKING) !== FREE) return;
  fill(memory);
  Atomics.store(states, part, MADE);
  Atomics.notify(states, part);
}

/**
 * A part, filled by this thread or by another one that is waited for.
 *
 * @returns null where there is no room, or where the other one does not come to an end
 */
export function partOf(shelf: Shelf, part: number, fill: (memory: Int32Array) => void): Int32Array | null {
  makeIfFree(shelf, part, fill);
  if (shelf.parts[part] === null) return null;
  if (!isMade(shelf, part)) Atomics.wait(shelf.states, part, MAKING, PATIENCE);
  return isMade(shelf, part) ? shelf.parts[part]! : null;
}
